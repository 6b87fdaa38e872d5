using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Features.Shared;

namespace Registry.Features.Responsibilities;

/// <summary>One row as it is edited. The duties and links that a model gave stay with the row.</summary>
public sealed class MatrixRowForm
{
    [Display(Name = "Domaine")]
    [Vocabulary("MatrixDomain")]
    [Required(ErrorMessage = "Choisissez le domaine.")]
    public string? Code { get; set; }

    [Display(Name = "Intitulé")]
    [Required(ErrorMessage = "Donnez un intitulé à la ligne.")]
    [ShortText]
    public string? Label { get; set; }

    [Display(Name = "Intitulé en anglais")]
    [ShortText]
    public string? LabelEnglish { get; set; }

    [Display(Name = "Place dans la matrice")]
    [Range(1, 500, ErrorMessage = "Écrivez un nombre de {1} à {2}")]
    public int? Place { get; set; }

    [Display(Name = "Cellules", ShortName = "Cellule")]
    public List<MatrixCellForm> Cells { get; set; } = [];

    private const string ForeignParty = "Cette partie n’est pas dans la convention.";

    public static IReadOnlyList<string> AllMessageKeys { get; } = [Languages.Key(ForeignParty)];

    public static MatrixRowForm Of(MatrixRow row, int place, IReadOnlyList<MatrixParty> parties) => new()
    {
        Code = row.Code, Label = row.Label, LabelEnglish = row.LabelEnglish, Place = place,
        Cells = [.. parties.Select(party => (party, cell: row.Of(party))).Select(one => new MatrixCellForm
        {
            Party = one.party.Name, Text = one.cell?.Text, ShortEn = one.cell?.ShortEn, Codes = [.. Order.Where(code => one.cell?.Codes.Contains(code) == true)],
        })],
    };

    /// <summary>What the parties of the convention do not let the form say, by field.</summary>
    public IEnumerable<(string Field, string Key)> Faults(IReadOnlyList<MatrixParty> parties)
    {
        for (var i = 0; i < Cells.Count; i++)
            if (!parties.Any(party => party.Is(Cells[i].Party)) || Cells.FindIndex(cell => cell.Party == Cells[i].Party) != i) yield return ($"Form.Cells[{i}].Text", ForeignParty);
    }

    /// <summary>One cell for each party, in their order, whatever was posted.</summary>
    public void Align(IReadOnlyList<MatrixParty> parties) =>
        Cells = [.. parties.Select(party => Cells.Find(cell => party.Is(cell.Party)) ?? new MatrixCellForm { Party = party.Name })];

    public void Write(MatrixRow row)
    {
        (row.Code, row.Label, row.LabelEnglish) = (Code, Label, LabelEnglish);
        foreach (var typed in Cells)
        {
            var cell = row.Cells.Find(one => string.Equals(one.Party, typed.Party, StringComparison.OrdinalIgnoreCase));
            if (cell is null) row.Cells.Add(cell = new() { Party = typed.Party });
            (cell.Text, cell.ShortEn) = (typed.Text, typed.ShortEn);
            // Their order is that of the annex, where the main one may stand first.
            cell.Codes = [.. cell.Codes.Where(typed.Codes.Contains), .. Order.Where(code => typed.Codes.Contains(code) && !cell.Codes.Contains(code))];
        }
    }

    private static IEnumerable<string> Order => Vocabulary.Current.Terms("ResponsibilityCode").Select(term => term.Code);
}

public sealed class MatrixCellForm
{
    [Display(Name = "Partie")]
    [ShortText]
    public string? Party { get; set; }

    [Display(Name = "Texte")]
    [DataType(DataType.MultilineText)]
    [StringLength(5_000, ErrorMessage = "Écrivez {1} caractères au plus")]
    public string? Text { get; set; }

    [Display(Name = "Responsabilité")]
    [Vocabulary("ResponsibilityCode")]
    public List<string> Codes { get; set; } = [];

    [Display(Name = "Résumé en anglais")]
    [ShortText]
    public string? ShortEn { get; set; }
}
