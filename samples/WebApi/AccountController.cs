using Microsoft.AspNetCore.Mvc;
using SmartRateLimit;

namespace WebApi;

[ApiController]
[Route("account")]
[RateLimited("60/m", Key = HttpKey.Ip, Name = "account")]
public sealed class AccountController : ControllerBase
{
    /// <summary>Five attempts a minute, whether they succeed or not.</summary>
    [HttpPost("login")]
    [RateLimited("5/m", Key = HttpKey.Ip, Algorithm = RateLimitAlgorithm.FixedWindow, AlignToClock = false, Name = "login")]
    public IActionResult Login(Credentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return credentials is { User: "ann", Password: "tea" } ? Ok(new { token = "a-token" }) : Unauthorized();
    }
}

public sealed record Credentials(string User, string Password);
