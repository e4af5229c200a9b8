"""Where the Chinese typefaces are: Noto Sans CJK split into the SC and HK faces, LXGW WenKai for rare names."""
