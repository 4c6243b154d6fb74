namespace Muster.Server.Storage;

/// <summary>Tells what a commit wrote, once it is durable, so that an order is taken up at once and not at the next look.</summary>
internal sealed class CommitSignal
{
    private Action<IReadOnlyList<object>>? listeners;

    /// <param name="listener">Called by the writer between two commits: it must be quick and must not throw.</param>
    public void Subscribe(Action<IReadOnlyList<object>> listener) => listeners += listener;

    /// <summary>Stands for a unit that kept nothing in its context, as bulk work does: it may have written anything.</summary>
    public static readonly object Untold = new();

    public void Raise(IReadOnlyList<object> written) => listeners?.Invoke(written);
}
