using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Registry.Data;

/// <summary>
/// One transaction a page: committed after the handler and before the answer is written, so that what the page says is true;
/// rolled back on an exception, an invalid form or an error status.
/// </summary>
public sealed class TransactionPageFilter(Db db) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        // A page without a handler for this method would be drawn without being filled.
        if (context.HandlerMethod is null && !HttpMethods.IsGet(context.HttpContext.Request.Method) && !HttpMethods.IsHead(context.HttpContext.Request.Method))
        {
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
            return;
        }
        var done = await next();
        var refused = done.Exception is not null
            || !context.ModelState.IsValid
            || context.HttpContext.Response.StatusCode >= 400
            || done.Result is Microsoft.AspNetCore.Mvc.Infrastructure.IStatusCodeActionResult { StatusCode: >= 400 }
            || done.Result is PageResult { StatusCode: >= 400 };
        if (refused) await db.RollbackAsync();
        else await db.CommitAsync();
    }
}
