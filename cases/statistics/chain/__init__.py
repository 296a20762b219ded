"""Who answers for what, from the secretary down to who is in the street: the chain of responsibility (责任链)."""
