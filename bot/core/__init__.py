"""The pure core: what is known, what was asked, what is said. No Discord, database, network or clock."""
