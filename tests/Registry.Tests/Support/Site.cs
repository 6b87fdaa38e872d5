using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Registry.Access;

namespace Registry.Tests.Support;

/// <summary>A page as the router knows it.</summary>
public sealed record SitePage(string Name, string Template, EndpointMetadataCollection Metadata, IReadOnlyList<string?> PostHandlers)
{
    public IReadOnlyList<RequiresAttribute> Requires => Metadata.GetOrderedMetadata<RequiresAttribute>();
    public bool ForSignedIn => Metadata.GetMetadata<SignedInAttribute>() is not null;
    public bool IsAnonymous => Metadata.GetMetadata<IAllowAnonymous>() is not null;
    public bool OfOrganisation => Template.Contains("{organisation}", StringComparison.Ordinal);

    /// <summary>The address with its holes filled; a hole without value stays, and fails loudly.</summary>
    public string At(IReadOnlyDictionary<string, string> values) =>
        "/" + values.Aggregate(Template, (path, value) => path.Replace("{" + value.Key + "}", value.Value).Replace("{" + value.Key + ":guid}", value.Value).Replace("{" + value.Key + ":int}", value.Value));
}

/// <summary>What the router serves: walked by the tests, so that no list of pages is kept by hand.</summary>
public static class Site
{
    public static async Task<IReadOnlyList<SitePage>> PagesAsync(RegistryFixture registry)
    {
        var loader = registry.Services.GetRequiredService<PageLoader>();
        var pages = new List<SitePage>();
        foreach (var endpoint in Endpoints(registry))
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page) continue;
            var compiled = await loader.LoadAsync(page, endpoint.Metadata);
            pages.Add(new SitePage(page.ViewEnginePath, (endpoint.RoutePattern.RawText ?? "").TrimStart('/'), compiled.Endpoint?.Metadata ?? endpoint.Metadata,
                [.. compiled.HandlerMethods.Where(handler => HttpMethods.IsPost(handler.HttpMethod)).Select(handler => handler.Name)]));
        }
        return pages;
    }

    public static IReadOnlyList<RouteEndpoint> Endpoints(RegistryFixture registry) =>
        [.. registry.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
}
