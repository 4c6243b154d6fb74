using System.Collections.Immutable;

namespace Muster.Server.Storage;

/// <summary>Tells what a commit wrote, once it is durable, so that an order is taken up at once and not at the next look.</summary>
internal sealed class CommitSignal(ILogger<CommitSignal> log)
{
    private ImmutableArray<Action<IReadOnlyList<object>>> listeners = [];

    /// <param name="listener">Called by the writer between two commits: it must be quick and should not throw.</param>
    public void Subscribe(Action<IReadOnlyList<object>> listener) =>
        ImmutableInterlocked.Update(ref listeners, (known, one) => known.Add(one), listener);

    /// <summary>Stands for a unit that kept nothing in its context, as bulk work does: it may have written anything.</summary>
    public static readonly object Untold = new();

    /// <summary>Never throws: what was committed stays so, and those who wait for the answer and the other listeners are told all the same.</summary>
    public void Raise(IReadOnlyList<object> written)
    {
        foreach (var listener in listeners)
            try
            {
                listener(written);
            }
            catch (Exception broken)
            {
                Log.ListenerFailed(log, broken);
            }
    }
}
