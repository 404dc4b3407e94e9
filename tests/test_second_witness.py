"""A small pipeline, trained here, as the second witness."""

import random
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.training import Example

from extract.people import PersonReader
from extract.second_witness import NoSuchModelError, SecondWitness
from schemas.annotations import Mention
from schemas.layout import Article
from tests.mentions import prepared

LESSONS = [
    ("孟小冬画了一幅画。", "孟小冬", "PERSON"),
    ("昨天，柳如松种了一棵树。", "柳如松", "PERSON"),
    ("星海社的人来了。", "星海社", "ORG"),
    ("大家认识了晨光社。", "晨光社", "ORG"),
    ("今天没有人来。", "", ""),
]


def taught() -> Language:
    """A tiny tagger that has learnt the lessons by heart."""
    nlp = spacy.blank("zh")
    small = {"@architectures": "spacy.HashEmbedCNN.v2", "width": 24, "depth": 2, "embed_size": 200, "window_size": 1}
    small |= {"maxout_pieces": 2, "subword_features": True, "pretrained_vectors": None}
    nlp.add_pipe("ner", config={"model": {"tok2vec": small}})
    examples = []
    for text, name, label in LESSONS:
        at = text.index(name)
        marks = [(at, at + len(name), label)] if name else []
        examples.append(Example.from_dict(nlp.make_doc(text), {"entities": marks}))
    spacy.util.fix_random_seed(7)
    random.seed(7)
    nlp.initialize(lambda: examples)
    for _ in range(90):
        nlp.update(examples, drop=0.0)
    return nlp


@pytest.fixture(scope="module")
def witness(tmp_path_factory: pytest.TempPathFactory) -> SecondWitness:
    """The trained pipeline, saved and loaded by name as a user's would be."""
    folder = tmp_path_factory.mktemp("model") / "tiny"
    taught().to_disk(folder)
    return SecondWitness.load(str(folder))


def test_it_adds_what_the_rules_do_not_see(witness: SecondWitness) -> None:
    text = "孟小冬画了一幅画。\n大家认识了晨光社。"  # Meng Xiaodong painted a picture; everybody met the Chenguang club
    doc, article, places = prepared(text)
    own = PersonReader().read(doc, article, places)
    added = witness.read(article, own)
    assert {(m.type, text[m.start : m.end]) for m in (*own, *added)} == {
        ("person", "孟小冬"),
        ("organization", "晨光社"),
    }


def test_what_the_rules_read_stands(witness: SecondWitness) -> None:
    text = "孟小冬画了一幅画。"
    article = Article("0" * 16, "article", text, ())
    assert witness.read(article, (Mention(0, 2, "person", "孟小"),)) == ()


def test_a_missing_model_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(NoSuchModelError, match="install it"):
        SecondWitness.load(str(tmp_path / "nowhere"))
