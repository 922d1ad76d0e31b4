"""Passages read aloud: by espeak-ng where it is installed, by played programs elsewhere."""

from __future__ import annotations

import io
import json
import shutil
import wave
from pathlib import Path

import pytest

from chrestomathy import cli
from chrestomathy.errors import InputError, SettingsError
from chrestomathy.grade import speech
from chrestomathy.grade.speech import speak


def played(tmp_path: Path, name: str, script: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program of that name on the path and nothing else."""
    program = tmp_path / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda one: str(program) if one == name else None)
    return program


def seconds(sound: bytes) -> float:
    with wave.open(io.BytesIO(sound)) as file:
        assert file.getnframes() * 2 + 44 == len(sound)
        return file.getnframes() / file.getframerate()


@pytest.mark.speech
def test_a_sentence_is_spoken_the_same_each_time_and_slower() -> None:
    text = "The miller kept two ledgers,\x00 one for the river and one for the bank."
    sound = speak(text)
    assert sound == speak(text)
    assert 2 < seconds(sound) < 8
    assert seconds(speak(text, slower=2)) > 1.5 * seconds(sound)


def test_without_a_synthesiser_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(InputError, match="espeak-ng is not installed") as caught:
        speak("One word.")
    assert "Debian: espeak-ng" in caught.value.fix


def test_what_cannot_be_said_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played(tmp_path, "espeak-ng", "exit 3", monkeypatch)
    for text in ("", " \n", "…", "\x00"):
        with pytest.raises(InputError, match="nothing to say"):
            speak(text)
    with pytest.raises(InputError, match="not English"):
        speak("Ein Wort.", language="de-AT")
    for slower in (0.0, 9.0, float("nan")):
        with pytest.raises(SettingsError, match="out of reach"):
            speak("One.", slower=slower)
    played(tmp_path, "espeak-ng", "cat >/dev/null; echo no voice >&2; exit 3", monkeypatch)
    with pytest.raises(InputError, match="failed: no voice"):
        speak("One.")
    played(tmp_path, "espeak-ng", "cat >/dev/null; echo RIFFless", monkeypatch)
    with pytest.raises(InputError, match="no WAV file"):
        speak("One.")
    monkeypatch.setattr(speech, "TIMEOUT_S", 0.2)
    played(tmp_path, "espeak-ng", "exec sleep 20", monkeypatch)
    with pytest.raises(InputError, match="was not done in"):
        speak("One.")


def test_a_voice_is_a_file_and_its_description(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = tmp_path / "voice.onnx"
    played(tmp_path, "piper", 'echo "$@" > "$0.said"; cat >/dev/null', monkeypatch)
    with pytest.raises(SettingsError, match="is no file"):
        speak("One.", voice=voice)
    voice.touch()
    with pytest.raises(SettingsError, match=r"voice\.onnx\.json is no file"):
        speak("One.", voice=voice)
    voice.with_name("voice.onnx.json").touch()
    with pytest.raises(InputError, match="it said nothing"):
        speak("One.", voice=voice, slower=1.5)
    said = (tmp_path / "piper.said").read_text()
    assert f"-m {voice} --length-scale 1.5" in said


def test_one_passage_that_cannot_be_said_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = tmp_path / "one.wav"
    with wave.open(str(sound), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(160))
    played(tmp_path, "espeak-ng", f"/bin/cat >/dev/null; /bin/cat {sound}", monkeypatch)
    lines = [{"id": str(i), "text": text} for i, text in enumerate(("One.", "…", "Three."))]
    passages = tmp_path / "p.jsonl"
    passages.write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    out, left = tmp_path / "out", tmp_path / "left.jsonl"

    cli.app(
        ["speak", str(passages), "-o", str(out), "--left-out", str(left)], standalone_mode=False
    )

    assert sorted(one.name for one in out.iterdir()) == ["001.wav", "003.wav"]
    assert "002.wav, passage 1, is not written: there is nothing to say" in capsys.readouterr().err
    assert json.loads(left.read_text("utf-8"))["text"] == "…"
