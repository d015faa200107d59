# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion of dadwait-plan for fish.

complete -c dadwait-plan -f
complete -c dadwait-plan -l check -d 'Print only what is wrong'
complete -c dadwait-plan -l boot -d 'Show what was waited for at a boot'
complete -c dadwait-plan -l json -d 'Print it as JSON'
complete -c dadwait-plan -l root -r -a '(__fish_complete_directories)' -d 'Read from this directory tree'
complete -c dadwait-plan -s h -l help -d 'Show a help text'
complete -c dadwait-plan -l version -d 'Show the version'
complete -c dadwait-plan -a '(dadwait-plan --json 2>/dev/null |
        sed -n \'s/^{"unit":"\([^"\\\\]*\)".*/\1/p\')'
