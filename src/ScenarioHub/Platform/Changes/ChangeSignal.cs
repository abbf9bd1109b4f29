using System.Collections.Concurrent;

namespace ScenarioHub.Platform.Changes;

/// <summary>Wakes whoever waits for changes of a tenant, once they are committed. Of this process only: what another node commits is found by looking again after a while.</summary>
public sealed class ChangeSignal
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _next = new();

    /// <summary>Ends with the next commit after this call. Ask first, then read, then wait: what is committed in between is not slept through.</summary>
    public Task Next(long tenantId) => _next.GetOrAdd(tenantId, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Raise(long tenantId)
    {
        if (_next.TryRemove(tenantId, out var waiting)) waiting.SetResult();
    }
}
