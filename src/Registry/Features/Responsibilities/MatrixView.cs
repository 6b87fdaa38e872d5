using Registry.Features.Records;

namespace Registry.Features.Responsibilities;

/// <summary>A matrix as it is drawn: read, on paper, or with one of its rows open.</summary>
/// <param name="Parties">The columns; one only when it is read for one party.</param>
/// <param name="EditAt">Where rows are edited, when the reader may.</param>
/// <param name="Open">The row being written, in its place.</param>
public sealed record MatrixView(MatrixSheet Matrix, IReadOnlyList<MatrixParty> Parties, IReadOnlyList<MatrixWarning> Warnings, string? EditAt = null, MatrixRowView? Open = null);

/// <param name="Key">Of the row; made with the form when it adds one.</param>
/// <param name="Seen">The hash of the row as the form was opened (S-90); empty for a new one.</param>
public sealed record MatrixRowView(MatrixRowForm Form, string Key, string Seen, bool Added, string Back, IReadOnlyList<SheetDifference> Conflict);
