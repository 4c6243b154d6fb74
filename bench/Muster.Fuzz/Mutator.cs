using System.Text;

namespace Muster.Fuzz;

/// <summary>Makes a new input out of known ones: flipped bits, odd numbers, cut and doubled blocks, and bent trees of DER.</summary>
internal sealed class Mutator(Random random)
{
    public const int Longest = 8192;

    private static readonly byte[] Odd = [0x00, 0x01, 0x7F, 0x80, 0x81, 0x84, 0xFF, 0x30, 0x31, 0x04, 0x05, 0x02, 0x03, 0xA0, 0xA3, 0x1F];
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "TO Issuer ",
            "PERMIT Subject ",
            "DENY ",
            "SELF",
            "access_id_CA",
            "pos_rights",
            "cond_subjects",
            "/CN=",
            "\\x",
            "'",
            "\"",
            "*",
            "\n",
            "=",
            "+",
            ",",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    public byte[] Next(IReadOnlyList<byte[]> corpus)
    {
        var input = corpus[random.Next(corpus.Count)];
        if (random.Next(2) == 0 && DerTree.Read(input) is { Count: > 0 } roots)
            input = Bent(roots, corpus);
        else
            for (var times = 1 << random.Next(5); times > 0; times--)
                input = Once(input, corpus);
        return input.Length <= Longest ? input : input[..Longest];
    }

    private byte[] Bent(List<DerTree> roots, IReadOnlyList<byte[]> corpus)
    {
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var nodes = DerTree.Walk(roots).ToList();
            var node = nodes[random.Next(nodes.Count)];
            switch (random.Next(7))
            {
                case 0:
                    node.Tag = Odd[random.Next(Odd.Length)];
                    break;
                case 1 when node.Children is null:
                    node.Value = Once(node.Value, corpus);
                    break;
                case 2 when node.Children is { Count: > 0 } children:
                    children.RemoveAt(random.Next(children.Count));
                    break;
                case 3 when node.Children is { Count: > 0 } children:
                    children.Insert(random.Next(children.Count + 1), children[random.Next(children.Count)]);
                    break;
                case 4 when node.Children is { Count: > 1 } children:
                    children.Reverse();
                    break;
                case 5 when node.Children is { } children:
                    if (DerTree.Read(corpus[random.Next(corpus.Count)]) is { Count: > 0 } others)
                    {
                        var all = DerTree.Walk(others).ToList();
                        children.Insert(random.Next(children.Count + 1), all[random.Next(all.Count)]);
                    }
                    break;
                default:
                    if (node.Children is null)
                        node.Value = [];
                    break;
            }
        }
        return DerTree.Write(roots);
    }

    private byte[] Once(byte[] input, IReadOnlyList<byte[]> corpus)
    {
        if (input.Length == 0)
            return [Odd[random.Next(Odd.Length)]];
        var bytes = input.ToList();
        var at = random.Next(bytes.Count);
        switch (random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes[at] = Odd[random.Next(Odd.Length)];
                break;
            case 3:
                bytes.RemoveRange(at, Math.Min(1 + random.Next(16), bytes.Count - at));
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(1 + random.Next(32), bytes.Count - at)));
                break;
            case 5:
                bytes.InsertRange(at, Words[random.Next(Words.Length)]);
                break;
            case 6:
                bytes.Insert(at, (byte)random.Next(256));
                break;
            default:
                var other = corpus[random.Next(corpus.Count)];
                var from = random.Next(other.Length + 1);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(from).ToArray());
                break;
        }
        return [.. bytes];
    }
}
