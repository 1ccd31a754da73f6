"""Writes a tiny llama with random weights, with which a real llama.cpp server runs: MODEL GRAMMAR.

Its words are the bytes and the ends of all texts in the grammar, so that it says much in few tokens.
"""

import ast
import pathlib
import re
import sys

import gguf
import numpy

WIDTH, LAYERS, HEADS, INNER, CONTEXT = 64, 2, 4, 128, 16384
SPACE = "\u2581"


def ends(grammar):
    """The ends, of two characters or more, of all texts in a grammar."""
    texts = [ast.literal_eval(text) for text in re.findall(r'"(?:[^"\\\n]|\\.)*"', grammar)]
    return sorted({text[start:] for text in texts for start in range(len(text) - 1)})


def vocabulary(grammar):
    """Tokens and their types: control tokens, every byte, and what the grammar says."""
    kinds = gguf.TokenType
    tokens = [(b"<unk>", kinds.UNKNOWN), (b"<s>", kinds.CONTROL), (b"</s>", kinds.CONTROL)]
    tokens += [(b"<0x%02X>" % byte, kinds.BYTE) for byte in range(256)]
    words = [SPACE] + [text.replace(" ", SPACE) for text in ends(grammar)]
    return tokens + [(word.encode(), kinds.NORMAL) for word in words]


def describe(writer, tokens):
    """Writes the sizes and the tokenizer."""
    writer.add_name("tiny-random")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("llama")
    writer.add_token_list([token for token, _ in tokens])
    writer.add_token_scores([-float(place) for place in range(len(tokens))])
    writer.add_token_types([kind for _, kind in tokens])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template(
        "{% for message in messages %}[{{ message['role'] }}] {{ message['content'] }}\n{% endfor %}"
        "[assistant] "
    )


def add_weights(writer, vocabulary_size):
    """Writes random weights, the same each time."""
    random = numpy.random.default_rng(0)

    def weights(*shape):
        return (random.standard_normal(shape) * 0.2).astype(numpy.float32)

    def ones():
        return numpy.ones(WIDTH, numpy.float32)

    writer.add_tensor("token_embd.weight", weights(vocabulary_size, WIDTH))
    writer.add_tensor("output_norm.weight", ones())
    writer.add_tensor("output.weight", weights(vocabulary_size, WIDTH))
    for layer in range(LAYERS):
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", ones())
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", weights(WIDTH, WIDTH))
        for name in ("ffn_gate", "ffn_up"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", weights(INNER, WIDTH))
        writer.add_tensor(f"blk.{layer}.ffn_down.weight", weights(WIDTH, INNER))


def main():
    tokens = vocabulary(pathlib.Path(sys.argv[2]).read_text())
    writer = gguf.GGUFWriter(sys.argv[1], "llama")
    describe(writer, tokens)
    add_weights(writer, len(tokens))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main()
