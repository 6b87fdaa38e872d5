using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Registry.Data;
using Registry.History;

namespace Registry.Access;

/// <summary>
/// The one door (S-01 to S-03, S-06): says to the database for whom this request works, finds the organisation that the address
/// names among those the person reaches, and asks the rights matrix what the page requires. Unknown or foreign: 404. Known but not hers to
/// do: 403. A page that declares nothing is refused. On the pages of one organisation the database reaches that one alone.
/// </summary>
public sealed class AccessFilter(Db db, GrantStore grants, Visitor visitor, Journal journal, Refusals refusals) : IAsyncAuthorizationFilter
{
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        // The page that says what went wrong stands where the refused request stood: nothing is asked again.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null) return;
        var metadata = http.GetEndpoint()!.Metadata;
        journal.RequestId = http.TraceIdentifier;
        if (metadata.GetMetadata<PublicPageAttribute>() is not null)
        {
            db.ActForPublic();
            return;
        }

        if (http.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id || !Guid.TryParse(id, out var person))
        {
            if (metadata.GetMetadata<IAllowAnonymous>() is null) context.Result = new ChallengeResult();
            return;
        }

        var reading = (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) && metadata.GetMetadata<LeavesTraceAttribute>() is null;
        var slug = context.RouteData.Values["organisation"] as string;
        var named = slug is null || CurrentOrganisation.IsSlug(slug);
        var narrow = slug is not null && named && metadata.GetMetadata<BeyondOrganisationAttribute>() is null;
        db.ActFor(narrow ? Scope.ForPersonIn(person, slug!) : Scope.ForPerson(person), readOnly: reading);
        visitor.Is(person, http.User.Identity?.Name ?? "");
        journal.Actor = visitor.Name;

        var standing = named ? await grants.FindAsync(slug) : null;
        if (standing is null || (slug is not null && standing.Organisation is null))
        {
            await RefuseAsync(context, person, StatusCodes.Status404NotFound);
            return;
        }
        if (standing.Organisation is { } organisation) visitor.StandsIn(organisation);
        visitor.Holds(standing.Grants, standing.Reach, standing.WorksOverArea);

        if (metadata.GetMetadata<IAllowAnonymous>() is not null || metadata.GetMetadata<SignedInAttribute>() is not null)
        {
            journal.Role = standing.Grants.Count > 0 ? standing.Grants[0].Role.Code() : "NONE";
            return;
        }
        var grant = metadata.GetOrderedMetadata<RequiresAttribute>()
            .Select(required => visitor.GrantFor(required.Function, required.Right))
            .FirstOrDefault(found => found is not null);
        if (grant is null)
        {
            await RefuseAsync(context, person, StatusCodes.Status403Forbidden);
            return;
        }
        journal.Role = grant.Role.Code();
    }

    private async Task RefuseAsync(AuthorizationFilterContext context, Guid person, int status)
    {
        journal.Role = "NONE";
        await refusals.RecordAsync(person, status, context.ActionDescriptor.AttributeRouteInfo?.Template);
        context.Result = new StatusCodeResult(status);
    }
}
