# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion of dadwait-plan for bash.

_dadwait_plan() {
        local word=${COMP_WORDS[COMP_CWORD]}

        case $word in
        --root=*)
                compopt -o nospace -o filenames 2>/dev/null
                mapfile -t COMPREPLY < <(compgen -d -- "${word#--root=}")
                ;;
        -*)
                mapfile -t COMPREPLY < <(compgen -W '--boot --check --help --json --root= --version' -- "$word")
                [[ ${COMPREPLY[0]} != --root= ]] || compopt -o nospace 2>/dev/null
                ;;
        *)
                mapfile -t COMPREPLY < <(compgen -W "$(dadwait-plan --json 2>/dev/null |
                        sed -n 's/^{"unit":"\([^"\\]*\)".*/\1/p')" -- "$word")
                ;;
        esac
}
complete -F _dadwait_plan dadwait-plan
