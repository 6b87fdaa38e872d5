using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Registry.Access;
using Registry.Features.Shared;
using Registry.Tests.Support;

namespace Registry.Tests.House;

[Trait("Kind", "pages")]
public sealed class PageRulesTests(RegistryFixture registry)
{
    [Fact]
    [Trait("S", "1")]
    public async Task Every_address_declares_who_may_open_it()
    {
        var pages = await Site.PagesAsync(registry);
        Assert.True(pages.Count > 30);
        var others = Site.Endpoints(registry).Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.RazorPages.PageActionDescriptor>() is null)
            .Select(endpoint => (endpoint.RoutePattern.RawText!, endpoint.Metadata)).ToList();
        var faults = PageRules.Permissions(pages.Select(page => (page.Name, page.Metadata)).Concat(others)).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        // A reason that stays when its page is gone would let the next page of that name in.
        Assert.Empty(PageRules.Anonymous.Keys.Except(pages.Select(page => page.Name).Concat(others.Select(other => other.Item1))));
    }

    [Fact]
    [Trait("S", "1")]
    public void A_page_without_a_permission_is_found()
    {
        Assert.Contains("says nobody", PageRules.Permissions([("/Planted/Silent", new EndpointMetadataCollection())]).Single());
        Assert.Contains("not on the reviewed list", PageRules.Permissions([("/Planted/Open", new EndpointMetadataCollection(new AllowAnonymousAttribute()))]).Single());
        Assert.Contains("two permissions", PageRules.Permissions([("/Planted/Both", new EndpointMetadataCollection(new SignedInAttribute(), new RequiresAttribute(Function.Profile)))]).Single());
        Assert.Empty(PageRules.Permissions([("/Planted/Good", new EndpointMetadataCollection(new RequiresAttribute(Function.Profile)))]));
    }

    [Fact]
    public async Task Every_page_has_its_french_address_and_every_address_its_page()
    {
        var pages = await Site.PagesAsync(registry);
        Assert.Empty(PageRules.AddressesOf(pages.Select(page => page.Name)));
        Assert.Single(PageRules.AddressesOf(["/Planted/Nowhere"]));
        Assert.Empty(Addresses.Table.Keys.Except(pages.Select(page => page.Name)));
        Assert.All(pages, page => Assert.Matches(@"^[a-z0-9/{}:.\-]*$", page.Template));
        Assert.Equal(pages.Count, pages.DistinctBy(page => page.Template).Count());
    }

    /// <summary>What declares nothing and slips through anyway meets a closed door: the filter and the fallback policy refuse.</summary>
    [Fact]
    [Trait("S", "1")]
    public async Task Without_signing_in_every_other_page_leads_to_the_door()
    {
        using var nobody = registry.Browse();
        foreach (var page in (await Site.PagesAsync(registry)).Where(page => !page.IsAnonymous))
        {
            var path = page.At(new Dictionary<string, string>
            {
                ["organisation"] = "une-commune", ["import"] = Guid.NewGuid().ToString(), ["paper"] = "DOC_REGISTER_FULL", ["issued"] = Guid.NewGuid().ToString(), ["reference"] = "T-0001", ["section"] = "finalites", ["act"] = "soumettre", ["number"] = "1",
                ["id"] = Guid.NewGuid().ToString(), ["space"] = Guid.NewGuid().ToString(), ["order"] = Guid.NewGuid().ToString(), ["office"] = Guid.NewGuid().ToString(), ["code"] = "ETAT_CIVIL",
                ["system"] = Guid.NewGuid().ToString(), ["party"] = Guid.NewGuid().ToString(), ["agreement"] = Guid.NewGuid().ToString(), ["activity"] = "ST-0001", ["ticket"] = Guid.NewGuid().ToString(), ["lookup"] = Guid.NewGuid().ToString(), ["search"] = Guid.NewGuid().ToString(), ["engagement"] = Guid.NewGuid().ToString(), ["declaration"] = Guid.NewGuid().ToString(), ["control"] = "PATCH_DELAY", ["document"] = Guid.NewGuid().ToString(), ["item"] = Guid.NewGuid().ToString(), ["mission"] = Guid.NewGuid().ToString(), ["audit"] = Guid.NewGuid().ToString(),
            });
            var answer = await nobody.GetAsync(path);
            Assert.True(answer.Status == System.Net.HttpStatusCode.Redirect && answer.Location!.StartsWith("/connexion", StringComparison.Ordinal), answer.ToString());
        }
    }
}
