using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Features.Shared;
using Registry.Files;

namespace Registry.Features.Requests;

/// <summary>The files of a form: read, proved, or refused by the field with the accepted types named (S-70). What they are called is never put into a message.</summary>
public static class FileIntake
{
    public const int MostFiles = 5;
    public const long MostTogether = 25L * 1024 * 1024;
    public const string PublicAccept = ".pdf,.jpg,.jpeg,.png", StaffAccept = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.odt,.ods,.csv";

    public static async Task<IReadOnlyList<InspectedFile>> ReadAsync(IReadOnlyList<IFormFile>? sent, string field, bool staff, ModelStateDictionary errors)
    {
        if (sent is not { Count: > 0 }) errors.AddModelError(field, "Choisissez un fichier sur votre appareil.");
        else if (sent.Count > MostFiles) errors.AddModelError(field, "Envoyez cinq fichiers au plus à la fois.");
        else if (sent.Sum(file => file.Length) > MostTogether) errors.AddModelError(field, "Ensemble, les fichiers dépassent 25 Mo : envoyez-en moins, ou de plus légers.");
        if (!errors.IsValid) return [];
        var files = new List<InspectedFile>();
        foreach (var one in sent!)
        {
            if (one.Length > FileInspection.Largest)
            {
                errors.AddModelError(field, Word(FileRefusal.TooLarge, staff));
                continue;
            }
            using var content = new MemoryStream((int)one.Length);
            await one.CopyToAsync(content);
            var (file, refusal) = FileInspection.Inspect(one.FileName, content.ToArray(), staff);
            if (refusal is { } why) errors.AddModelError(field, Word(why, staff));
            else files.Add(file!);
        }
        return errors.IsValid ? files : [];
    }

    public static IEnumerable<string> AllMessageKeys => Enum.GetValues<FileRefusal>().SelectMany(one => new[] { Word(one, true), Word(one, false) }).Distinct();

    private static string Word(FileRefusal refusal, bool staff) => refusal switch
    {
        FileRefusal.Empty => Languages.Key("Ce fichier est vide : choisissez-en un autre."),
        FileRefusal.TooLarge => Languages.Key("Un fichier dépasse 10 Mo : envoyez-le en plusieurs morceaux, ou plus léger."),
        FileRefusal.Scripted => Languages.Key("Un fichier contient un programme (macro ou script) : enregistrez-le sans, par exemple en l’imprimant vers un PDF."),
        FileRefusal.Encrypted => Languages.Key("Un fichier est protégé par un mot de passe : enregistrez-le sans mot de passe."),
        FileRefusal.Carrying => Languages.Key("Un fichier en contient d’autres (pièces jointes ou objets) : envoyez-les séparément."),
        FileRefusal.TooManyPixels => Languages.Key("Une image dépasse 50 millions de pixels : réduisez-la."),
        FileRefusal.TooBigUnpacked => Languages.Key("Un fichier est trop volumineux une fois décompressé : envoyez-le sous une autre forme."),
        FileRefusal.NotWhatItSays when staff => Languages.Key("Un fichier est abîmé ou n’est pas ce que dit son nom. Types acceptés : PDF, JPEG, PNG, DOCX, XLSX, ODT, ODS et CSV."),
        FileRefusal.NotWhatItSays => Languages.Key("Un fichier est abîmé ou n’est pas ce que dit son nom. Types acceptés : PDF, JPEG et PNG."),
        _ when staff => Languages.Key("Ce type de fichier n’est pas accepté. Types acceptés : PDF, JPEG, PNG, DOCX, XLSX, ODT, ODS et CSV, de 10 Mo au plus."),
        _ => Languages.Key("Ce type de fichier n’est pas accepté. Types acceptés : PDF, JPEG et PNG, de 10 Mo au plus."),
    };
}
