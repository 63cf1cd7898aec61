
# --- Names of the catalogue: metrics, dimensions, and values in conditions.

# What Cairn says, a line each. It takes a second or two, so it is kept for a minute.
function _cairn_ask() {
  local kept="${XDG_CACHE_HOME:-$HOME/.cache}/cairn" options i said
  options=()
  for (( i = 1; i < COMP_CWORD; i++ )); do
    case "${COMP_WORDS[i]}" in
      --data-dir | --set) options+=("${COMP_WORDS[i]}" "${COMP_WORDS[i + 1]}") ;;
    esac
  done
  said="$kept/said-$(printf '%s\n' "$PWD" "$@" "${options[@]}" | cksum | tr ' ' '-')"
  if [[ -z "$(find "$said" -mmin -1 2> /dev/null)" ]]; then
    (umask 077 && mkdir -p "$kept" && "${COMP_WORDS[0]}" "$@" "${options[@]}" > "$said") 2> /dev/null || rm -f "$said"
  fi
  cat "$said" 2> /dev/null
}

# Dimensions that all metrics of the line have.
function _cairn_dimensions() {
  local metrics=$'\n'"$(_cairn_ask metrics --names)"$'\n' named word i
  named=()
  for (( i = 2; i < COMP_CWORD; i++ )); do
    word=${COMP_WORDS[i]}
    case "$metrics" in
      *$'\n'"$word"$'\n'*) named+=("$word") ;;
    esac
  done
  if (( ${#named[@]} > 0 )); then
    _cairn_ask dimensions --names "${named[@]}"
  fi
}

# Those of the lines $1 that begin with $2, each after $3 and before $4.
function _cairn_offer() {
  local found line
  COMPREPLY=()
  while read -r found; do
    if [[ -n "$found" && "$found" == "$2"* ]]; then
      line=$3$found$4
      # zsh takes quotes away from what it is offered.
      if [[ -n "$ZSH_VERSION" ]]; then line=$(printf '%q' "$line"); fi
      COMPREPLY+=("$line")
    fi
  done <<< "$1"
  return 0
}

# A condition: after an open quote a value of the dimension that is compared, else a dimension.
function _cairn_condition() {
  local typed=$1 quotes=${1//[^\']/} value name lead
  if (( ${#quotes} % 2 == 1 )); then
    value=${typed##*\'}
    lead=${typed%\'*}
    name=$lead
    while [[ "$name" == *[!A-Za-z0-9_.] ]]; do name=${name%?}; done
    name=${name##*[!A-Za-z0-9_.]}
    _cairn_offer "$(_cairn_ask dimensions --values "$name" --starts-with "$value")" "$value" "$lead'" "'"
  else
    name=${typed##*[!A-Za-z0-9_.]}
    lead=${typed%"$name"}
    _cairn_offer "$(_cairn_dimensions)" "$name" "$lead" ""
  fi
}

function _cairn_complete() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} listed
  _complete_cairn
  if (( COMP_CWORD < 2 )) || [[ "$current" == -* ]]; then
    return 0
  fi
  case "${COMP_WORDS[1]} $previous" in
    'query --by' | 'explain --by')
      listed=${current##*,}
      _cairn_offer "$(_cairn_dimensions)" "$listed" "${current%"$listed"}" ""
      ;;
    'query --where' | 'explain --where')
      type compopt &> /dev/null && compopt -o nospace 2> /dev/null
      # A quote that is closed ends the condition.
      if [[ "${current#[\"]}" == *\"* ]]; then COMPREPLY=(); else _cairn_condition "${current#[\"]}"; fi
      ;;
    'query --'* | 'explain --'* | 'metrics --'[!w]* | 'dimensions --'*) ;;
    'query '* | 'explain '* | 'metrics '* | 'dimensions '*)
      _cairn_offer "$(_cairn_ask metrics --names)" "$current" "" ""
      ;;
  esac
  return 0
}

complete -F _cairn_complete -o default cairn
