"""What the turns before give: answers, follow-ups, proposals, things that were shown."""
