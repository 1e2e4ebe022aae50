"""Several matters in one message: what belongs to which."""

from actions.matters import apart


def a_message(text, *matters, found=()):
    """`matters`: (its words, its intent); `found`: (entity, value), each where it stands in the text."""

    def entities(words):
        return [
            {"entity": name, "value": value, "start": words.index(value), "end": words.index(value) + len(value)}
            for name, value in found
            if value in words
        ]

    told = [{"text": words, "intent": intent, "entities": entities(words)} for words, intent in matters]
    return {"text": text, "intent": {"name": matters[0][1]}, "entities": entities(text), "matters": told}


def values(said):
    return [(entity["name"], entity["value"]) for entity in said["entities"]]


def test_one_matter_is_the_whole_message():
    first, others = apart({"text": "没信号", "intent": {"name": "report_fault_no_signal"}, "entities": []})

    assert (first, others) == ({"text": "没信号", "intent": "report_fault_no_signal", "entities": []}, [])


def test_a_message_that_was_not_read_at_all_is_not_understood():
    assert apart({"text": "没信号", "intent": {}})[0]["intent"] == "nlu_fallback"


def test_the_phone_at_the_end_is_that_of_the_first_and_comes_back_with_no_other():
    fault, complaint = ("网断了", "report_fault_broadband_down"), ("要投诉，电话13807911234", "complain_other")
    message = a_message("网断了，要投诉，电话13807911234", fault, complaint, found=[("phone", "13807911234")])

    first, (other,) = apart(message)

    assert values(first) == [("phone", "13807911234")]
    assert values(other) == []


def test_each_matter_keeps_an_address_of_its_own():
    mine, hers = ("我家丰和路1号网断了", "report_fault_broadband_down"), ("我妈阳明路2号要报停", "ask_process_suspend")
    message = a_message(
        "我家丰和路1号网断了，还有我妈阳明路2号要报停",
        mine,
        hers,
        found=[("address", "丰和路1号"), ("address", "阳明路2号")],
    )

    first, (other,) = apart(message)

    assert values(first) == [("address", "丰和路1号")]
    assert values(other) == [("address", "阳明路2号")]


def test_a_place_that_is_asked_about_is_no_address_of_the_fault():
    fault, question = ("网断了", "report_fault_broadband_down"), ("红谷滩哪里有营业厅", "ask_outlet")
    message = a_message("网断了，红谷滩哪里有营业厅", fault, question, found=[("address", "红谷滩")])

    first, (other,) = apart(message)

    assert values(first) == []
    assert values(other) == [("address", "红谷滩")]


def test_of_two_doors_behind_two_matters_the_first_is_the_first_one_s():
    slow, black = (
        ("网慢", "report_fault_broadband_slow"),
        ("电视黑屏，一套在丰和路1号，一套在阳明路2号", "report_fault_no_signal"),
    )
    doors = [("address", "丰和路1号"), ("address", "阳明路2号")]

    first, (other,) = apart(a_message("网慢，电视黑屏，一套在丰和路1号，一套在阳明路2号", slow, black, found=doors))

    assert values(first) == [("address", "丰和路1号")]
    assert values(other) == [("address", "阳明路2号")]


def test_a_door_that_is_put_right_is_that_of_the_first_matter():
    slow, black = (
        ("网慢", "report_fault_broadband_slow"),
        ("电视黑屏，在丰和路1号，说错了，阳明路2号", "report_fault_no_signal"),
    )
    doors = [("address", "丰和路1号"), ("address", "阳明路2号")]

    first, _ = apart(a_message("网慢，电视黑屏，在丰和路1号，说错了，阳明路2号", slow, black, found=doors))

    assert values(first) == [("address", "丰和路1号"), ("address", "阳明路2号")]


def test_a_room_said_apart_from_its_street_stays_with_it():
    dark, slow = ("没信号", "report_fault_no_signal"), ("网也慢", "report_fault_broadband_slow")
    found = [("address", "丰和北大道66号"), ("address", "3栋502室")]

    first, _ = apart(a_message("没信号，网也慢，丰和北大道66号！3栋502室", dark, slow, found=found))

    assert values(first) == [("address", "丰和北大道66号"), ("address", "3栋502室")]
