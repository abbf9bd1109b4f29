namespace ScenarioHub.Features.Collections;
/// <summary>x</summary>
public sealed record ObligationsChanged(IReadOnlyList<long> ScenarioIds, IReadOnlyList<string> Periods, string Cause) : MediatR.INotification;
