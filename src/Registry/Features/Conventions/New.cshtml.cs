using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Conventions;

[BeyondOrganisation]
[Requires(Function.Conventions, Right.WriteOwn)]
public sealed class NewModel(ConventionStore store, ConventionDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public NewConvention Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public CurrentOrganisation Organisation => visitor.Organisation;
    public PartFormView View => new(
        new SheetForm(new Sheet()) { MarksOptional = true, Offered = new Offer(new Dictionary<(Type, string), IReadOnlyList<string>> { [(typeof(NewConvention), nameof(NewConvention.Other))] = Known }) }.Describe(Form),
        Languages.Key("Ajouter la convention"), $"/o/{Organisation.Slug}/conventions", Id);
    private IReadOnlyList<string> Known { get; set; } = [];

    public async Task OnGetAsync()
    {
        Id = Guid.CreateVersion7();
        await OfferAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await OfferAsync();
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        var sheet = Form.ToSheet(Organisation.Name);
        await desk.LinkAsync(sheet.Parties);
        var (number, added) = await store.AddAsync(Id, sheet, desk.Today);
        var reference = Convention.ReferenceOf(number);
        if (added)
        {
            var convention = (await store.FindAsync(reference))!;
            desk.Tell(Actions.ConventionAdded, convention, changes: PostedPart.Changes(new NewConvention(), Form, t));
            await desk.SettleAsync(convention, sheet);
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("{0} est ajoutée. Remplissez son texte, partie par partie.", reference)));
        }
        return Redirect($"/o/{Organisation.Slug}/conventions/{reference}/texte");
    }

    private async Task OfferAsync() => Known = [.. (await store.KnownBodiesAsync()).Where(body => body.Id != Organisation.Id).Select(body => body.Name)];
}
