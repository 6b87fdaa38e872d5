using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace Registry.Access;

/// <summary>
/// What a page refuses by itself, over what the rights matrix asks, is written down like what the door refuses. Stands around the page's transaction, which
/// has been rolled back by then.
/// </summary>
public sealed class RefusalPageFilter(Refusals refusals, Visitor visitor) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        if (visitor.SignedIn && done.Exception is null && done.Result is IStatusCodeActionResult { StatusCode: StatusCodes.Status403Forbidden })
            await refusals.RecordAsync(visitor.PersonId, StatusCodes.Status403Forbidden, context.ActionDescriptor.AttributeRouteInfo?.Template);
    }
}
