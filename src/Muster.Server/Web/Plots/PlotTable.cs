namespace Muster.Server.Web.Plots;

/// <summary>The numbers of a plot for those who read them.</summary>
/// <param name="Columns">Names of all columns, that of the rows' first cell among them.</param>
public sealed record PlotTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A sign of a plot and what it stands for.</summary>
/// <param name="Look">Class of the stylesheet.</param>
public sealed record Key(string Look, string Name);
