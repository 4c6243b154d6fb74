namespace Muster.Fuzz;

/// <summary>Inputs that each reached something new, one in a line, base64; kept with the sources, so that no run begins at nothing.</summary>
internal sealed class Corpus(string path, List<byte[]> inputs)
{
    /// <summary>So many are kept, the shortest first: a file of seeds is read by people and by every test run.</summary>
    private const int Kept = 120;
    private const int LongestKept = 2500;

    public IReadOnlyList<byte[]> Inputs => inputs;

    public static Corpus Load(string path) =>
        new(
            path,
            File.Exists(path)
                ? [.. File.ReadLines(path).Where(l => l.Length > 0).Select(Convert.FromBase64String)]
                :
                [
                    [0x30, 0x00],
                ]
        );

    public void Add(byte[] input) => inputs.Add(input);

    public void Save()
    {
        var kept = inputs.Where(i => i.Length is > 0 and <= LongestKept).OrderBy(i => i.Length).ToList();
        // Evenly over the lengths, so that long ones are not all lost.
        var every = Math.Max(1, (kept.Count + Kept - 1) / Kept);
        File.WriteAllLines(path, kept.Where((_, i) => i % every == 0).Select(Convert.ToBase64String).Distinct(StringComparer.Ordinal));
    }
}
