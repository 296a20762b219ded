"""Photos of any model: `imaging` checks and re-encodes them, `store` keeps them by their hash (both pure), `stored`
says what a photo is as a row, `actions` receives and develops them.
"""
