/// The completions of a shell, as the option library makes them, with the word `fmt`.
///
/// The library takes what follows an argument that may be repeated for more of it: no subcommand
/// would ever be offered behind `dossier`, and zsh refuses such a pair. So `fmt` gets its place here,
/// as the first word, where the name of a script may stand, too.
struct CompletionScript {
  private let made: String

  init(_ made: String) { self.made = made }

  var text: String {
    switch made.prefix(3) {
    case "#co": zsh
    case "#!/": bash
    case "fun": fish
    default: made
    }
  }

  private var bash: String {
    made.inserting(
      """
          if ((COMP_CWORD > 1)) && [[ "${unparsed_words[0]}" = fmt ]]; then
              unparsed_words=("${unparsed_words[@]:1}")
              _dossier_fmt
              return
          fi
          ((COMP_CWORD > 1)) || COMPREPLY+=($(compgen -W 'fmt help' -- "${cur}"))

      """, before: "    __dossier_offer_flags_options -1\n")
  }

  private var zsh: String {
    let scripts = "'*:script.q:_files -g '\\''*.q'\\'''\n"
    return
      made
      .inserting(
        """
            if ((CURRENT > 2)) && [[ "${words[2]}" = fmt ]]; then
                shift words
                ((CURRENT--))
                _dossier_fmt
                return
            fi

        """, before: "    local -r command_name="
      )
      .inserting("'1:script.q or word:_dossier_first'\n        ", before: scripts)
      .replacing("        '(-): :->command'\n        '(-)*:: :->arg'\n", with: "")
      .inserting(
        """
        _dossier_first() {
            _alternative 'words:word:(fmt help)' 'scripts:script.q:_files -g "*.q"'
        }


        """, before: "_dossier_fmt() {\n")
  }

  private var fish: String {
    let positional = "__dossier_should_offer_completions_for_positional \"dossier\" -eq "
    return
      made
      .inserting(
        """
                if test "$unparsed_tokens[2]" = fmt
                    set -e unparsed_tokens[1]
                    set -a commands dossier
                    __dossier_parse_subcommand -r 1 'check' 'version' 'h/help'
                    return
                end

        """, before: "        __dossier_parse_subcommand "
      )
      .replacing(positional + "2", with: positional + "1")
  }
}

extension String {
  /// The text with another one before the first place of a third.
  fileprivate func inserting(_ text: String, before anchor: String) -> String {
    replacing(anchor, with: text + anchor, maxReplacements: 1)
  }
}
