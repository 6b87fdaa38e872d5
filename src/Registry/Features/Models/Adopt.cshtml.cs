using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Models;

/// <summary>Chooses models and bodies for one act. Nothing happens here: the next page shows what would be added where.</summary>
[Requires(Function.Templates, Right.Write)]
public sealed class AdoptModel(ModelStore store, ModelShelf shelf, RolloutStore rollouts, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public AdoptForm Form { get; set; } = new();

    public IReadOnlyList<IGrouping<string, ShelfModel>> Models { get; private set; } = [];
    public IReadOnlyList<IGrouping<string, RolloutChoice>> Bodies { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "modele")] string? code)
    {
        if (await ShowAsync() is null) return StatusCode(StatusCodes.Status403Forbidden);
        Form.Id = Guid.CreateVersion7();
        if (code is not null) Form.Models = [code];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await ShowAsync() is not { } library) return StatusCode(StatusCodes.Status403Forbidden);
        var models = Models.SelectMany(group => group).Where(model => Form.Models.Contains(model.Code)).ToList();
        var bodies = Bodies.SelectMany(group => group).Where(body => Form.Types.Contains(body.Type) || Form.Bodies.Contains(body.Id)).ToList();
        if (models.Count == 0) ModelState.AddModelError("Form.Models", "Choisissez au moins un modèle.");
        if (bodies.Count == 0) ModelState.AddModelError("Form.Types", "Choisissez au moins un organisme.");
        if (!ModelState.IsValid) return Page();
        if (!await rollouts.PrepareAsync(library, Form.Id, RolloutKind.Adopt, [.. models.Select(model => (model.Code, model.Revision))], [.. bodies.Select(body => body.Id)]))
            return Redirect($"/modeles/diffusions/{Form.Id}");
        journal.Record(new Event(library, Actions.RolloutPrepared.Code, RolloutWork.ObjectType, Form.Id, new EventDetails
        {
            Subject = Languages.InFrench(() => t.Get("Modèles : {0} ; organismes : {1}", models.Count, bodies.Count)),
        }));
        return Redirect($"/modeles/diffusions/{Form.Id}");
    }

    private async Task<Guid?> ShowAsync()
    {
        if (await store.LibraryAsync() is not { } library) return null;
        Models = [.. (await shelf.ListAsync(null)).GroupBy(model => model.Domain ?? "")];
        Bodies = [.. (await rollouts.ChoicesAsync()).GroupBy(body => body.Type)];
        return library;
    }

    public sealed class AdoptForm
    {
        /// <summary>Made with the form: sending it twice prepares one rollout (S-92).</summary>
        public Guid Id { get; set; }
        public List<string> Models { get; set; } = [];
        /// <summary>All bodies of a type; a form of five hundred fields could not name them all.</summary>
        public List<string> Types { get; set; } = [];
        public List<Guid> Bodies { get; set; } = [];
    }
}
