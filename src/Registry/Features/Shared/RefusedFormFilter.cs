using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Registry.Features.Shared;

/// <summary>A form that comes back with errors by its fields was not accepted, and its status says so (S-10): 400, unless the page said something else.</summary>
public sealed class RefusedFormFilter : IResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        var response = context.HttpContext.Response;
        if (context.Result is PageResult { StatusCode: null } && HttpMethods.IsPost(context.HttpContext.Request.Method) && response.StatusCode == StatusCodes.Status200OK
            // Errors that are shown: a page that adds a row has taken them back, which the count of the framework does not notice.
            && context.ModelState.Values.Any(entry => entry.Errors.Count > 0))
            response.StatusCode = StatusCodes.Status400BadRequest;
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
