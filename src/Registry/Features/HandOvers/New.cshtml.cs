using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.HandOvers;

/// <summary>
/// Puts the register at the disposal of an authority (X-16, GDPR 30(4)): the file is made, kept and told in one transaction, then fetched from the list.
/// </summary>
[Requires(Function.ReadRecords, Right.Export)]
[RecentSecondFactor]
public sealed class NewModel(HandOverArchive archive, HandOverStore store, RegisterExport export, Visitor visitor, Journal journal, IStringLocalizer t, TimeProvider clock) : PageModel
{
    [BindProperty]
    public HandOverForm Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/mises-a-disposition";
    private DateOnly Today => Organisation.Today(clock);

    public IActionResult OnGet()
    {
        if (!HandOver.MayBeMadeBy(visitor.Grants)) return StatusCode(StatusCodes.Status403Forbidden);
        Form.Id = Guid.CreateVersion7();
        Form.AsOf = new DateParts { Day = $"{Today.Day}", Month = $"{Today.Month}", Year = $"{Today.Year}" };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!HandOver.MayBeMadeBy(visitor.Grants)) return StatusCode(StatusCodes.Status403Forbidden);
        Form.Check(Today, ModelState);
        if (!ModelState.IsValid) return Page();
        if (await store.ExistsAsync(Form.Id)) return Redirect(Back);
        if (!await export.MayTakeMoreAsync()) return StatusCode(StatusCodes.Status429TooManyRequests);

        var day = Form.AsOf.Date!.Value;
        if (await archive.MakeAsync(Form, day) is not { } content)
        {
            ModelState.AddModelError("", "Le dossier est trop volumineux pour être préparé ici : prévenez l’exploitant.");
            return Page();
        }
        var made = new HandOver
        {
            Id = Form.Id, AsOf = day, Authority = Form.Authority!.Trim(), RequestReference = string.IsNullOrWhiteSpace(Form.Reference) ? null : Form.Reference.Trim(),
            Reason = Form.Reason!.Trim(), Records = content.Records, Versions = content.Versions, Intact = content.Intact,
            FileName = $"mise-a-disposition-{Organisation.Slug}-{day:yyyy-MM-dd}.zip", Sha256 = content.Sha256, MadeAt = clock.GetUtcNow(), MadeBy = visitor.Name,
        };
        if (await store.AddAsync(made, content.Archive))
        {
            // The line names the role that allowed it: somebody may also be here as something else.
            journal.Role = visitor.Grants.First(grant => HandOver.MayBeMadeBy([grant])).Role.Code();
            journal.Record(new Event(Organisation.Id, Actions.RegisterHandedOver.Code, "HAND_OVER", made.Id, new EventDetails
            {
                Subject = EventDetails.WithFingerprint($"{made.Authority}{(made.RequestReference is { } reference ? $", {reference}" : "")} · registre au {day:dd/MM/yyyy} · {made.Records} {(made.Records > 1 ? "fiches" : "fiche")} · {made.FileName}", made.Sha256),
                Reason = made.Reason,
            }));
        }
        FrameFilter.Leave(TempData, new FrameFlash(content.Intact ? "done" : "late",
            content.Intact ? t.Get("Le dossier est prêt : téléchargez-le et remettez-le à l’autorité.") : t.Get("Le dossier est prêt, mais la vérification a trouvé des écarts : prévenez l’exploitant avant de le remettre.")));
        return Redirect(Back);
    }
}
