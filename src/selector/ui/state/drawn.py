"""What is drawn at random to see how sure the answer is, and what other methods say."""

from __future__ import annotations

from selector.analysis.by_method import method_to_draw
from selector.analysis.methods import Methods
from selector.analysis.robustness import Robustness, weighting_for
from selector.mcda.robustness.draws import Weighting
from selector.ui import reading, sampling
from selector.ui.sampling import Run, Settings
from selector.ui.state.chosen import Chosen


class Drawn(Chosen):
    """The settings of the draws, and the run that makes them where it takes long."""

    @property
    def settings(self) -> Settings:
        """What the visitor draws on Robustness."""
        kept: Settings = self._kept.get("settings", Settings())
        return kept

    @property
    def links(self) -> int:
        """How many links the visitor followed; a control that a link may set is a new one then."""
        count: int = self._kept.get("links", 0)
        return count

    @property
    def weighting(self) -> Weighting:
        """How weights vary: as the visitor says, else as the decision does."""
        return weighting_for(self.base, self.settings.weights or None)

    @property
    def drawn_method(self) -> str:
        """The method that ranks each draw: as the visitor says, else the decision's if it can."""
        return method_to_draw(self.base, self.settings.method or None) or "weighted_sum"

    def choose_settings(self, settings: Settings) -> None:
        """Draw otherwise; a run of the former settings ends."""
        if settings != self.settings:
            self._kept["settings"] = settings
            self.stop_run()
            self._kept.pop("run", None)

    def drawn(self) -> tuple[Robustness, Run | None]:
        """What was drawn, and the run that draws what was asked for while it takes long.

        Until it is done, and where it was stopped or failed, the figures are of fewer draws.
        """
        analysis, settings = self.analysis, self.settings
        if not analysis.alternatives or sampling.is_quick(analysis, settings):
            return sampling.at_once(analysis, settings), None
        key = sampling.key_of(analysis, settings)
        run = self.run if self.run and self.run.key == key else None
        found = run.found if run and run.found else sampling.kept(key)
        if found is not None:
            return found, None
        if run is None:
            self.stop_run()
            run = self._kept["run"] = sampling.QUEUE.start(Run(analysis, settings))
        run.ask()
        return sampling.at_once(analysis, settings._replace(samples=sampling.FEW)), run

    def methods(self) -> Methods:
        """What every method says of the decision under the visitor's weights."""
        return reading.methods_of(self.analysis)

    @property
    def run(self) -> Run | None:
        """The long sampling that this visitor started last."""
        return self._kept.get("run")

    def stop_run(self) -> None:
        """End the sampling that goes on for this visitor."""
        if self.run is not None:
            self.run.stop()

    def draw_again(self) -> None:
        """Start the sampling anew that was stopped."""
        self._kept.pop("run", None)
