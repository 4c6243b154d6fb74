namespace Muster.Server.Storage;

/// <summary>Wakes the workers when something was committed, so that an order is taken up in milliseconds and not at the next poll.</summary>
internal sealed class CommitSignal
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next commit. Take it before looking for work, so that no commit in between is missed.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Raise() =>
        Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
