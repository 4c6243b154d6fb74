namespace Muster.Core.X509;

/// <summary>
/// The next moment at which something that a judgement looked at changes by itself: a certificate begins or ends, a list falls due or goes out of
/// use. Until then the same bytes get the same verdict.
/// </summary>
internal sealed class Horizon(DateTimeOffset now)
{
    private static readonly TimeSpan LastSecond = TimeSpan.FromSeconds(1); // is included: RFC 5280 §4.1.2.5

    /// <summary>Null where nothing lies ahead.</summary>
    public DateTimeOffset? Next { get; private set; }

    public void Note(ClientCertificate certificate)
    {
        Note(certificate.NotBefore, TimeSpan.Zero);
        Note(certificate.NotAfter, LastSecond);
    }

    public void Note(IEnumerable<ClientCertificate> path)
    {
        foreach (var certificate in path)
        {
            Note(certificate);
        }
    }

    public void Note(RevocationList list, TimeSpan grace)
    {
        Note(list.ThisUpdate, TimeSpan.Zero);
        if (list.NextUpdate is { } next)
        {
            Note(next, TimeSpan.FromTicks(1));
            Note(next, grace + LastSecond);
        }
    }

    private void Note(DateTimeOffset moment, TimeSpan later)
    {
        // RFC 5280 §4.1.2.5: the last second of the year 9999 says that there is no end, and has nothing after it.
        if (moment > DateTimeOffset.MaxValue - later - LastSecond)
        {
            return;
        }

        moment += later;
        if (moment > now && (Next is not { } known || moment < known))
        {
            Next = moment;
        }
    }
}
