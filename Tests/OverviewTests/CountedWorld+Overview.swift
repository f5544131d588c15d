import Overview
import TestFigures
import TestSupport
import TestWork

extension CountedWorld {
    var overview: OverviewService { OverviewService(store: store, clock: base.clock.ticking, plan: plan) }
}
