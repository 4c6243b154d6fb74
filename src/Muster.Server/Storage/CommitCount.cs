namespace Muster.Server.Storage;

/// <summary>
/// How often this process has committed something that matters to whoever keeps what was read. Taken before reading: where it is another afterwards,
/// what was read may be old already.
/// </summary>
internal sealed class CommitCount
{
    private long count;

    /// <param name="matters">Asked of every object that was written; null where any commit matters.</param>
    public CommitCount(CommitSignal signal, Func<object, bool>? matters = null) =>
        signal.Subscribe(written =>
        {
            if (matters is null || written.Any(matters))
                Interlocked.Increment(ref count);
        });

    public long Now => Interlocked.Read(ref count);
}
