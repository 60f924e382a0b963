"""Words with which people try to give the assistant other rules, or to read the ones it has."""

import re

from orchestrator_server.embedded.guarding.slips import told
from orchestrator_server.embedded.words.patterns import lazy

_TOLD = (
    r"(?:instructions?|rules?|guidelines?|prompts?|restrictions?|polic(?:y|ies)|safeguards?|safety|limits?"
    r"|limitations?"
    r"|filters?|constraints?|programming|directives?)"
)
_ROLES = r"(?:system|assistant|developer|admin|administrator|root|operator|ai)"
_STAFF = (
    r"(?:admin(?:istrator)?s?|root|sysadmin|staff|superuser|supervisor|ceo|cto"
    r"|head of (?:\w+ )?(?:it|security|support|operations|engineering)|security team|it (?:department|team|support)"
    r"|support (?:agent|team|staff)|system operator|moderator|auditor)"
)

_INJECTION = tuple(
    lazy(pattern)
    for pattern in (
        (
            rf"(?<!i )(?<!not )(?<!n't )(?<!dont )(?<!never )\b(?:ignore|disregard|forget|override|bypass|violate"
            rf"|overrule)\b (?:\w+ ){{0,4}}?{_TOLD}\b"
        ),
        (
            r"\b(?:skip|drop|disable|suspend|lift|remove|break|turn off|switch off|get around) (?:\w+ ){0,3}?(?:rules"
            r"|guidelines"
            r"|restrictions|safeguards|safety (?:checks?|rules)|your (?:limits|filters|programming|instructions))\b"
        ),
        (
            r"(?<!i )(?<!not )(?<!n't )\b(?:ignore|disregard|forget) (?:\w+ ){0,3}(?:everything|anything|all|what"
            r"|context|data)\b(?! (?:that )?i (?:just |have |had )?(?:said|told you|wrote|asked|mentioned)\b)"
            r"(?: \w+){0,3} (?:above|before|previously|said|told|earlier|data)\b"
        ),
        (
            r"\b(?:ignore|disregard) (?!my\b)(?:\w+ ){0,2}(?:previous|prior|above|preceding|earlier|rest of (?:this"
            r"|the|that))\b"
        ),
        (
            rf"\b{_TOLD} (?:\w+ ){{0,3}}(?:are|were|is|have been|has been) (?:\w+ ){{0,2}}(?:suspended|off|disabled"
            r"|lifted|overridden|void|for testing|obsolete)\b"
        ),
        r"\byou are now\b|\bfrom now on,? you (?:are|will (?:act|be|answer|obey|respond)|must (?:obey|act|answer))\b",
        (
            r"\b(?:pretend (?:to be|you are|that|you)|act as|roleplay|role play|jailbreak|jailbroken|unlocked mode"
            r"|simulate being)\b"
        ),
        r"\b(?:dan|developer|admin|debug|god|maintenance|sudo|test|diagnostic|unrestricted|service|root) mode\b",
        r"\b(?:staff|manager|admin|security|emergency|system|master|root) (?:override|access code|bypass)\b",
        r"\boverride code\b",
        r"\byou (?:have|had) no (?:rules|restrictions|limits|guidelines)\b|\bhas no (?:rules|restrictions)\b",
        r"\bdo anything now\b|\bnew (?:system )?(?:instructions?|directives?|rules?) ?:",
        r"\bnote (?:from|by|to) (?:the |your )?(?:developer|admin(?:istrator)?|system|engineer|assistant|ai|model)s?\b",
        r"\bimportant message from me\b|\bbefore you (?:can )?(?:solve|complete|do) the task\b",
        r"\b(?:drop table|select \*|union select|sudo|; rm|rm -rf|<script)\b|' or '?1'? ?=",
        r"\b(?:strictly )?adhere to the following\b|\bfollowing instructions? instead\b",
        r"\brepeat after me\b|\bstop everything\b.*\bprint\b|\bjust (?:print|say|output|reply|answer)(?: with)? [\"']",
    )
)
_AUTHORITY = lazy(
    rf"\b(?:i am|this is|speaking as|as) (?:an? |the |your |from "
    rf"|from the )?(?:\w+ )?{_STAFF}\b(?! (?:member )?(?:of|at) (?:a|my)\b)"
    r"|\bi am your (?:\w+ )?(?:developer|creator|owner|manager|boss|engineer|programmer|maker)\b"
    r"|\bi am the (?:\w+ )?(?:developer|creator|programmer|manager|boss|engineer) (?:here|of (?:this|you)"
    r"|in charge|speaking)\b"
    r"|\bi am (?:the )?owner of this (?:site|website|company|business|platform|bot|system|app)\b"
    r"|\bi am an? (?:developer|engineer|tester) (?:\w+ ){0,2}(?:debugging|testing|of this)\b"
    r"|\bi am (?:an? |the )?(?:employee|agent) here\b|\bi (?:work|am working) for (?:you|your)\b"
    r"|\bi (?:built|programmed|created|made) you\b(?! (?:an?|aware|two|some|this|that)\b)"
    r"|\bi wrote you(?= (?:myself|in \w+ and|and (?:you|i (?:can|may|am|have the))|so (?:you|i)|[-,.;!] (?:so"
    r"|and|now|you"
    r"|do|obey|i (?:can|am|have the)))\b|\W*$)|\b(?:i am|we are) authori[sz]ed (?:to|by)\b"
)
_MARKUP = lazy(
    rf"<+/?\s*(?:\|?\s*)?(?:{_ROLES}|im_start|im_end|information|instructions?|end of session|inst)\b[^>\n]{{0,40}}>+"
    rf"|\[\s*/?(?:{_ROLES}|inst|instructions?)\b"
    rf"|#{{2,}}\s*\(?\s*{_ROLES}|(?:^|[.!?])\W*{_ROLES}(?:[ _](?:message|prompt|note|override|notice))?\s*:"
    rf"|\n\s*(?:{_ROLES}|user|human)\s*:|\{{\s*\"role\"\s*:|^\s*todo\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_PROMPT = lazy(
    r"\b(?:system|initial|initiali[sz]ation|starting|hidden|secret|developer|internal|core"
    r"|confidential) (?:\w+ )?(?:prompts?"
    r"|instructions?|messages?|rules?|configuration|config|settings|string|text|guidelines?|directives?)\b"
    r"|\b(?:previous|prior|base|original) (?:prompts?|instructions?|rules?|guidelines?|directives?)\b"
    r"|\byour (?:\w+ )?(?:prompts?|instructions|guidelines|rules|code|programming|training data|source code"
    r"|configuration|config|weights)\b|\bthe (?:\w+ )?prompts?\b|\bthe (?:instructions|rules) (?:you|above|before)\b"
    r"|\b(?:print|repeat|show|reveal|output|dump|tell me|quote|paste|copy|display|recite|encode|translate|echo)"
    r" (?:\w+ )*(?:above(?! (?:\d|[€$£]))|verbatim|word for word|entire conversation|whole conversation"
    r"|given to you|you were given)\b"
    r"|\b(?:what|which|everything|anything|all) (?:\w+ )?(?:were|was|have|had) you (?:been )?(?:told"
    r"|instructed|given|prompted"
    r"|configured|programmed|trained)\b|\b(?:what|everything) you (?:were|have been) (?:told|instructed|given"
    r"|prompted)\b"
    r"|\bprompt injection\b|\byou were given (?:initially|before|at the start|above|first)\b"
    r"|\bnot (?:supposed|allowed|meant|permitted) to (?:tell|say|reveal|share|show)\b"
    r"|\b(?:api|secret|private|access) (?:keys?|tokens?)\b|\b(?:which|what) (?:\w+ )?(?:model|llm"
    r"|language model) (?:are you"
    r"|do you|is (?:this|behind))\b|\bwho (?:made|built|programmed|trained) you\b|\bsystem_prompt\b"
)


def is_injection(text: str, said: str) -> bool:
    """Does a message pretend to be a system or somebody in charge, or ask to do away with rules?

    `text` is what was typed, `said` its normalised words as `told` mends them.
    """
    tries = any(one.search(words) for words in dict.fromkeys((said, told(text.casefold()))) for one in _INJECTION)
    return bool(tries or _MARKUP.search(text) or _AUTHORITY.search(said))


def is_about_prompt(said: str) -> bool:
    """Does a message ask how the assistant was set up?"""
    return _PROMPT.search(said) is not None
