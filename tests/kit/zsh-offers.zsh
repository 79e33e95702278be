# zsh-offers.zsh <script> <line>: what zsh offers for the line, one a row. A zsh inside a terminal of
# its own, because completion runs nowhere else; what it would show, `compadd` is handed.
zmodload zsh/zpty
zpty inner zsh -f -i
zpty -w inner 'PROMPT= RPS1=; stty -echo'
zpty -w inner "autoload -U compinit; compinit -D -u; source ${(q)1}"
zpty -w inner 'bindkey "^I" complete-word
compadd() {
  local -a offered
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
  builtin compadd -A offered "$@"
  print -rl -- "<"${^offered}">"
}
finish() { print "<<END>>"; exit }
comppostfuncs=(finish)
zstyle ":completion:*" insert-tab false
print "<<READY>>"'
while zpty -r inner line; do [[ $line == *"<<READY>>"$'\r'* ]] && break; done
zpty -w -n inner "$2"$'\t'
while zpty -r inner line; do
  [[ $line == *"<<END>>"* ]] && break
  [[ $line == *"<"*">"* ]] && print -r -- ${${line#*<}%%>*}
done
zpty -d inner
