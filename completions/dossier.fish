function __dossier_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __dossier_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __dossier_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __dossier_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __dossier_parse_tokens -S
    set -l unparsed_tokens (__dossier_tokens -pc)
    switch $unparsed_tokens[1]
    case 'dossier'
        if test "$unparsed_tokens[2]" = fmt
            set -e unparsed_tokens[1]
            set -a commands dossier
            __dossier_parse_subcommand -r 1 'check' 'version' 'h/help'
            return
        end
        __dossier_parse_subcommand -r 1 'e=+' 'i' 'set=+' 'dossier=+' 'allow-read=+' 'format=+' 'o=+' 'limit=+' 'csv-safe' 'cite' 'no-cite' 'check' 'strict' 'explain' 'ast' 'timer' 'errors=+' 'color=+' 'no-rc' 'no-history' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'fmt'
            __dossier_parse_subcommand -r 1 'check' 'version' 'h/help'
        case 'help'
            __dossier_parse_subcommand -r 1 'version'
        end
    end
end

function __dossier_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __dossier_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __dossier_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __dossier_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__dossier_tokens -p)
    if test -z "$(__dossier_tokens -t)"
        set -l index (count (__dossier_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'dossier' -f
complete -c 'dossier' -n '__dossier_should_offer_completions_for_positional "dossier" -ge 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'q\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier"' -s 'e' -d 'Runs this text; may be repeated.' -rfka ''
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier" i' -s 'i' -d 'Stays for a session afterwards.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier"' -l 'set' -d 'Gives a param of the script its value.' -rfka ''
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier"' -l 'dossier' -d 'Brings in the facts of a script; may be repeated.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'q\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier"' -l 'allow-read' -d 'Lets scripts read a file or folder; may be repeated.' -rF
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier"' -l 'format' -d 'As table, csv, tsv, json, jsonl, markdown, html.' -rfka 'table csv tsv json jsonl markdown html'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier"' -s 'o' -d 'Puts the answers in a file, contradicted checks too.' -rF
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier"' -l 'limit' -d 'Shows so many rows of each table.' -rfka ''
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier" csv-safe' -l 'csv-safe' -d 'Puts a \' before texts in csv and tsv that spreadsheets run as formulas.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier" cite' -l 'cite' -d 'Sources in csv and json too; --no-cite: nowhere.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier" no-cite' -l 'no-cite' -d 'No sources anywhere.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier" check' -l 'check' -d 'Reports errors of scripts without running.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier" strict' -l 'strict' -d 'Ends with 1 for undetermined checks, too.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier" explain' -l 'explain' -d 'Shows the plan instead of running.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier" ast' -l 'ast' -d 'Shows the syntax tree instead of running.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier" timer' -l 'timer' -d 'Tells on standard error how long each answer took.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier"' -l 'errors' -d 'Errors as text or json.' -rfka 'text json'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier"' -l 'color' -d 'Colour: auto, always or never.' -rfka 'auto always never'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier" no-rc' -l 'no-rc' -d 'Begins the session without the rc file.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier" no-history' -l 'no-history' -d 'Keeps no history of the session.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier" version' -l 'version' -d 'Show the version.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_positional "dossier" -eq 1' -fa 'fmt' -d 'Writes scripts in the one style: in place, or standard input to standard output.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_positional "dossier" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_positional "dossier fmt" -ge 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'q\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier fmt" check' -l 'check' -d 'Names the scripts that would change, and changes none.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier fmt" version' -l 'version' -d 'Show the version.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier fmt" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dossier' -n '__dossier_should_offer_completions_for_flags_or_options "dossier help" version' -l 'version' -d 'Show the version.'
