"""Which id is meant, in all the ways in which a message names one thing of several: the ids are put in place."""

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.naming.carried_on import with_verbs_repeated
from orchestrator_server.embedded.plainly.naming.excepted import with_exceptions_apart
from orchestrator_server.embedded.plainly.naming.headings import without_count, without_deed, without_heading
from orchestrator_server.embedded.plainly.naming.kept_back import with_kept_apart
from orchestrator_server.embedded.plainly.naming.known_by import with_known
from orchestrator_server.embedded.plainly.naming.listed_behind import with_picked
from orchestrator_server.embedded.plainly.naming.numbered import with_numbers
from orchestrator_server.embedded.plainly.naming.pointed_out import with_pointed
from orchestrator_server.embedded.plainly.naming.that_of import with_own_places
from orchestrator_server.embedded.plainly.naming.verbs_behind import with_verbs_turned
from orchestrator_server.embedded.words.text import Token


def with_ids_placed(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with each thing named by its id, and without what only lists or counts them."""
    tokens = with_kept_apart(without_count(tokens))
    if not index.names_id(tokens):
        return tokens
    tokens = with_verbs_repeated(without_deed(tokens, index), index)
    tokens = with_own_places(with_verbs_turned(tokens, index), index)
    tokens = with_numbers(with_exceptions_apart(tokens, index), index)
    return without_heading(with_pointed(with_picked(with_known(tokens, index), index), index), index)
