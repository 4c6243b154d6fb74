namespace Muster.Server.Operator.Demo;

/// <summary>Repeatable numbers for the demo collaboration. Not for secrets.</summary>
/// <remarks>Choice: our own generator, because the sequence of a seeded System.Random is not promised between .NET versions.</remarks>
internal sealed class SplitMix64(ulong seed)
{
    ulong state = seed;

    public ulong Next()
    {
        // Steele, Lea, Flood: Fast splittable pseudorandom number generators (OOPSLA 2014), figure 17.
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number in [from, until).</summary>
    public int Between(int from, int until) => from + (int)Math.BigMul(Next(), (ulong)(until - from), out _);

    public bool Chance(int percent) => Between(0, 100) < percent;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Between(0, choices.Count)];

    public T Pick<T>(IReadOnlyList<(T Choice, int Weight)> choices)
    {
        var draw = Between(0, choices.Sum(c => c.Weight));
        foreach (var (choice, weight) in choices)
        {
            if ((draw -= weight) < 0)
            {
                return choice;
            }
        }

        throw new InvalidOperationException("Weights must be positive.");
    }

    public void Shuffle<T>(IList<T> items)
    {
        for (var last = items.Count - 1; last > 0; last--)
        {
            var other = Between(0, last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
