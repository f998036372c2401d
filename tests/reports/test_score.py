"""What a user is told of an evaluation or a calibration."""

import pytest

from analysis import model
from analysis.calibration import Calibration
from reports.score import calibrated


@pytest.mark.parametrize(("before", "after", "is_told"), [(0.03, 0.02, False), (0.02, 0.02, False), (0.01, 0.03, True)])
def test_a_calibration_that_made_it_worse_says_so(before: float, after: float, is_told: bool) -> None:
    told = calibrated(Calibration(model.load(), 20, 0, 0, before, after))
    assert ("--reset" in told) == is_told
