using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Charters;

/// <summary>The charter to read and to sign, open to everybody who works here: the help desk and the delegate sign it as the others do.</summary>
[Requires(Function.Profile, Right.ReadOwn)]
public sealed class SignModel(CharterStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    private const int LongestReason = 500;

    public sealed class Signature
    {
        /// <summary>The version that was read: what somebody issued meanwhile is not what she signs.</summary>
        public Guid Version { get; set; }
        public string? Decision { get; set; }
        public string? Reason { get; set; }
    }

    [BindProperty]
    public Signature Form { get; set; } = new();

    public CharterVersion Charter { get; private set; } = null!;
    public Signer? Me { get; private set; }
    public bool Stale { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Home => $"/o/{Organisation.Slug}";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await OpenAsync()) return NotFound();
        Form.Version = Charter.Id;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await OpenAsync()) return NotFound();
        if (Me is null) return StatusCode(StatusCodes.Status403Forbidden);
        if (Form.Version != Charter.Id)
        {
            (Stale, Form.Version) = (true, Charter.Id);
            ModelState.Remove("Form.Version");
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }
        var refuses = Form.Decision == CharterVersion.RefusedCode;
        TypedText.Judge(ModelState, ("Reason", Form.Reason, true));
        Form.Reason = TypedText.Clean(Form.Reason);
        if (refuses && Form.Reason is null) ModelState.AddModelError("Form.Reason", "Écrivez pourquoi vous ne la signez pas.");
        if (Form.Reason?.Length > LongestReason) ModelState.AddModelError("Form.Reason", "Écrivez 500 caractères au plus.");
        if (!ModelState.IsValid) return Page();
        if (!Me.HasSigned && await store.DecideAsync(Charter, visitor.PersonId, visitor.Name, refuses ? CharterVersion.RefusedCode : CharterVersion.SignedCode, refuses ? Form.Reason : null))
            journal.Record(new Event(Organisation.Id, (refuses ? Actions.CharterRefused : Actions.CharterSigned).Code, CharterVersion.ObjectType, Charter.Id, new EventDetails { Subject = $"Version {Charter.Number} · {Charter.Title}", Reason = refuses ? Form.Reason : null }));
        FrameFilter.Leave(TempData, refuses ? new FrameFlash("soon", t.Get("Votre refus est noté. Vous pouvez encore signer.")) : new FrameFlash("done", t.Get("Votre signature de la version {0} est enregistrée.", Charter.Number)));
        return Redirect(Home);
    }

    private async Task<bool> OpenAsync()
    {
        if (await store.InForceAsync() is not { } charter) return false;
        Charter = charter;
        Me = await store.SignersAsync(charter.Id, visitor.PersonId) is [var me, ..] ? me : null;
        return true;
    }
}
