namespace Muster.Core.Imports;

/// <summary>A place in a file and what is wrong there; the refusal's field names the column.</summary>
/// <param name="Line">From 1, as an editor counts; a cell with line breaks in it counts where it begins. 0 where no line is meant.</param>
/// <param name="Column">
/// From 1: the number of the cell in its row. In JSON, and where the bytes of a file are no text, the place on the line. 0 where the whole
/// line is meant.
/// </param>
public sealed record ImportProblem(int Line, int Column, Refusal Why);
