using Muster.Core.Institutes;

namespace Muster.Server.Web.Plots;

/// <summary>
/// The world as a grid of equal tiles: every country is as large as any other, and near its neighbours. What is left out are territories
/// for which there is no room; they are named below the map when somebody is there.
/// </summary>
internal static class WorldGrid
{
    private static readonly string[] rows =
    [
        ".. .. .. .. .. .. .. GL .. IS .. .. .. NO SE FI .. .. .. .. .. .. .. .. .. .. .. .. .. ..",
        "CA .. .. .. PM .. .. .. .. .. FO .. .. DK .. EE .. .. .. .. .. .. .. .. .. .. .. .. .. ..",
        "US .. .. .. BM .. .. .. .. IE GB .. .. .. .. LV .. RU .. .. .. .. .. .. .. .. .. .. .. ..",
        "MX .. .. CU BS TC .. .. .. .. .. NL DE PL .. LT BY .. .. .. .. .. .. .. .. .. .. .. .. ..",
        "GT BZ .. JM HT DO PR VG .. .. BE LU CZ SK .. UA .. .. .. KZ .. .. MN .. .. .. .. .. .. ..",
        "SV HN .. KY .. .. VI AG .. FR CH LI AT HU RO MD .. GE .. UZ KG .. CN .. KP .. JP .. .. ..",
        ".. NI .. .. .. .. KN DM .. AD MC IT SI HR RS BG .. AM AZ TM TJ .. .. .. KR .. .. .. .. ..",
        ".. CR PA .. .. .. LC BB PT ES .. SM BA ME MK .. TR SY IQ IR AF .. NP BT MO HK TW .. .. ..",
        ".. .. CO VE .. .. VC GD .. GI .. MT .. AL GR .. CY LB JO KW PK .. IN BD MM LA .. PH .. ..",
        ".. .. EC PE GY SR .. TT .. MA DZ TN LY EG .. .. IL PS SA BH QA .. LK .. TH VN .. GU MP ..",
        ".. .. .. BO BR GF .. .. EH MR ML NE TD SD ER .. .. YE OM AE .. .. MV .. KH MY BN PW FM MH",
        ".. .. CL PY UY .. .. CV SN GM BF BJ NG CF SS ET DJ .. .. .. .. .. .. .. SG ID TL PG NR KI",
        ".. .. .. AR .. .. .. .. GW GN GH TG CM CD UG KE SO .. .. .. .. .. .. .. .. .. .. .. SB TV",
        ".. .. .. .. FK .. .. .. SL LR CI GQ GA CG RW TZ .. SC .. .. .. .. .. .. .. .. AU .. VU FJ",
        ".. .. .. .. .. .. .. .. .. .. ST .. AO ZM BI MW KM .. .. .. .. .. .. .. .. .. .. NC TO WS",
        ".. .. .. .. .. .. .. .. .. SH .. .. NA BW ZW MZ YT MG MU .. .. .. .. .. .. .. .. NZ .. CK",
        ".. .. .. .. .. .. .. .. .. .. .. .. .. ZA LS SZ .. RE .. .. .. .. .. .. .. .. .. .. .. ..",
    ];

    /// <summary>Column and row of every country that has a tile, from the upper left.</summary>
    public static IReadOnlyDictionary<string, (int Column, int Row)> Tiles { get; } = Read();

    public static int Columns { get; } = rows[0].Split(' ').Length;

    public static int Rows => rows.Length;

    /// <summary>Countries of ISO 3166 without a tile.</summary>
    public static IReadOnlyList<string> Elsewhere { get; } = [.. Countries.All.Where(c => !Tiles.ContainsKey(c))];

    private static Dictionary<string, (int, int)> Read()
    {
        var tiles = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        for (var row = 0; row < rows.Length; row++)
            foreach (var (column, code) in rows[row].Split(' ').Index())
                if (code != "..")
                    tiles.Add(code, (column, row));
        return tiles;
    }
}
