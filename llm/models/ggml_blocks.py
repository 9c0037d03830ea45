"""How many bytes the values of a tensor take, by the number of its type in a GGUF file.

Tensor type → (values in a block, bytes of a block), as ggml_blck_size and ggml_type_size of
llama.cpp (llama-cpp-python 0.3.36) state them; a test asks them about each. They are not asked
here: of a type that llama.cpp does not know they read beyond their own table. Nor is this
`gguf.GGML_QUANT_SIZES` 0.19.0, which lacks type 42 and gives 40 bytes for type 9 (Q8_1), where
llama.cpp has 36.
"""

BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34),
    9: (32, 36), 10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210),
    15: (256, 292), 16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18),
    21: (256, 110), 22: (256, 82), 23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4),
    27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2), 34: (256, 54), 35: (256, 66),
    39: (32, 17), 40: (64, 36), 41: (128, 18), 42: (64, 18),
}  # fmt: skip
