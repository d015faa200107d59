# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion of dadwait-plan for bash.

# Of "--root=/usr" and "a@b.service" bash completes only what is behind the last "=" or "@"
# (COMP_WORDBREAKS).
_dadwait_plan_reply() {
        local typed=$1 replaced=$2 prefix i

        [[ $replaced != [=@:] ]] || replaced=
        prefix=${typed%"$replaced"}
        for i in "${!COMPREPLY[@]}"; do
                COMPREPLY[i]=${COMPREPLY[i]#"$prefix"}
        done
}

_dadwait_plan() {
        local word=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE:0:COMP_POINT}
        local typed=${line##*[[:space:]]} previous=${COMP_WORDS[COMP_CWORD-1]}

        case $typed in
        --root=*)
                compopt -o nospace -o filenames 2>/dev/null
                mapfile -t COMPREPLY < <(compgen -d -- "${typed#--root=}")
                ;;
        --boot=*) ;;
        -*)
                mapfile -t COMPREPLY < <(compgen -W '--boot --check --help --json --root= --version' -- "$typed")
                [[ ${COMPREPLY[0]} != --root= ]] || compopt -o nospace 2>/dev/null
                ;;
        *)
                if [[ $previous == --root ]]; then
                        compopt -o nospace -o filenames 2>/dev/null
                        mapfile -t COMPREPLY < <(compgen -d -- "$typed")
                        return
                fi
                mapfile -t COMPREPLY < <(compgen -W "$(dadwait-plan --json 2>/dev/null |
                        sed -n 's/^{"unit":"\([^"\\]*\)".*/\1/p')" -- "$typed")
                _dadwait_plan_reply "$typed" "$word"
                ;;
        esac
}
complete -F _dadwait_plan dadwait-plan
