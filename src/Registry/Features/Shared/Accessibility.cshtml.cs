using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Registry.Features.Shared;

[AllowAnonymous]
public sealed class AccessibilityModel : PageModel;
