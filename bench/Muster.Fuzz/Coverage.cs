using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Muster.Fuzz;

/// <summary>The counters that the instrumented code writes, and what of them was seen before.</summary>
internal sealed unsafe class Coverage
{
    private const int Size = 1 << 16;

    private readonly byte* counters = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] seen = new byte[Size];

    public Coverage() => Trace.SharedMem = counters;

    /// <summary>Edges taken since the last <see cref="Forget"/>.</summary>
    public int Edges => seen.Count(s => s != 0);

    public void Forget() => Array.Clear(seen);

    public void Begin()
    {
        NativeMemory.Clear(counters, Size);
        Trace.PrevLocation = 0;
    }

    /// <summary>True when the run took an edge never taken, or one more often than ever (in steps of doubling).</summary>
    public bool IsNew()
    {
        var isNew = false;
        for (var i = 0; i < Size; i++)
        {
            if (counters[i] == 0)
                continue;
            var bucket = (byte)(1 << System.Numerics.BitOperations.Log2(counters[i]));
            if ((seen[i] & bucket) == 0)
            {
                seen[i] |= bucket;
                isNew = true;
            }
        }
        return isNew;
    }
}
