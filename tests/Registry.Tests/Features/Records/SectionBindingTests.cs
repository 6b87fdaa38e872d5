using System.Collections;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Registry.Features.Records;

namespace Registry.Tests.Features.Records;

/// <summary>A section is also the form of its page: what the framework binds from posted fields is what was in the section.</summary>
public sealed class SectionBindingTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().AddMvcCore().AddDataAnnotations().Services.BuildServiceProvider();

    [Fact]
    public async Task Every_section_of_any_sheet_survives_the_way_through_its_form()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var (sent, received) = (SampleSheets.Random(seed), new Sheet());
            Assert.Empty(SheetText.Clean(sent));
            foreach (var section in SheetSections.All)
            {
                var (form, state) = await BindAsync(section, Posted(section.Get(sent)));
                Assert.True(state.IsValid, $"{section.Key}: {string.Join(", ", state.Where(entry => entry.Value!.Errors.Count > 0).Select(entry => entry.Key))}");
                section.Set(received, form);
            }
            received.ModelCode = sent.ModelCode;
            Assert.Empty(SheetText.Clean(received));
            Assert.Equal(SheetJson.Canonical(sent), SheetJson.Canonical(received));
        }
    }

    [Fact]
    public async Task A_form_without_fields_gives_an_empty_section_with_whole_lists()
    {
        foreach (var section in SheetSections.All)
        {
            var (form, state) = await BindAsync(section, []);
            Assert.True(state.IsValid);
            Assert.True(SheetText.IsEmpty(form));
            Assert.Empty(SheetText.Clean(form));
        }
    }

    [Fact]
    public async Task The_framework_finds_the_same_faults_under_the_same_paths()
    {
        var fields = new Dictionary<string, StringValues>
        {
            ["Form.Purpose"] = new string('x', 501),
            ["Form.LegalBases[0].Basis"] = "BECAUSE",
            ["Form.LegalBases[1].Reference"] = new string('x', 501),
        };
        var (form, state) = await BindAsync(SheetSections.Find("finalites")!, fields);
        var found = state.Where(entry => entry.Value!.Errors.Count > 0).Select(entry => (entry.Key, entry.Value!.Errors[0].ErrorMessage)).Order();
        Assert.Equal(SheetText.Clean(form).Select(error => ("Form." + error.Path, error.Message)).Order(), found);
        Assert.Equal(3, found.Count());
    }

    private static async Task<(object Form, ModelStateDictionary State)> BindAsync(SheetSection section, Dictionary<string, StringValues> fields)
    {
        using var scope = Services.CreateScope();
        var request = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        var page = new Page { ControllerContext = new ControllerContext(new ActionContext(request, new RouteData(), new ControllerActionDescriptor())) };
        var form = section.New();
        var values = new FormValueProvider(BindingSource.Form, new FormCollection(fields), CultureInfo.InvariantCulture);
        await page.TryUpdateModelAsync(form, section.Type, "Form", values, _ => true);
        return (form, page.ModelState);
    }

    private static Dictionary<string, StringValues> Posted(object section)
    {
        var fields = new Dictionary<string, StringValues>();
        Post(section, "Form.");
        return fields;

        void Post(object part, string prefix)
        {
            foreach (var field in SheetText.Fields(part.GetType()))
            {
                var path = prefix + field.Name;
                switch (field.GetValue(part))
                {
                    case null: fields[path] = ""; break;
                    case bool ticked: fields[path] = ticked ? new StringValues(["true", "false"]) : "false"; break;
                    case DateOnly day: fields[path] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture); break;
                    case List<string> lines: for (var index = 0; index < lines.Count; index++) fields[$"{path}[{index}]"] = lines[index]; break;
                    case IList rows: for (var index = 0; index < rows.Count; index++) Post(rows[index]!, $"{path}[{index}]."); break;
                    case { } value: fields[path] = Convert.ToString(value, CultureInfo.InvariantCulture); break;
                }
            }
        }
    }

    private sealed class Page : ControllerBase;
}
