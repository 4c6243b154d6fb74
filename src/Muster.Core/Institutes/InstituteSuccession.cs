namespace Muster.Core.Institutes;

/// <summary>One institute went on as another, or into it, on a day. Mergers have several predecessors, splits several successors.</summary>
public sealed class InstituteSuccession
{
    private InstituteSuccession() { }

    public InstituteSuccession(InstituteId predecessor, InstituteId successor, DateOnly on)
    {
        PredecessorId = predecessor;
        SuccessorId = successor;
        On = on;
    }

    public InstituteId PredecessorId { get; private set; }
    public InstituteId SuccessorId { get; private set; }
    public DateOnly On { get; private set; }

    /// <summary>Whether <paramref name="predecessor"/> may be followed by <paramref name="successor"/>, given what is recorded.</summary>
    /// <returns><c>institute.succeeds-itself</c> where the one would come before itself, at once or through others;
    /// <c>institute.succession-known</c>.</returns>
    public static Refusal? Check(InstituteId predecessor, InstituteId successor, IReadOnlyCollection<InstituteSuccession> known)
    {
        if (known.Any(k => k.PredecessorId == predecessor && k.SuccessorId == successor))
            return new Refusal("institute.succession-known", "successor");
        var after = known.ToLookup(k => k.PredecessorId, k => k.SuccessorId);
        var seen = new HashSet<InstituteId>();
        var ahead = new Stack<InstituteId>([successor]);
        while (ahead.TryPop(out var next))
        {
            if (next == predecessor)
                return new Refusal("institute.succeeds-itself", "successor");
            if (seen.Add(next))
                foreach (var further in after[next])
                    ahead.Push(further);
        }
        return null;
    }
}
