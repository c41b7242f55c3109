using System.Reflection;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.SignalR;

namespace SmartRateLimit.AspNetCore.Endpoints;

/// <summary>What ASP.NET says in an endpoint's metadata about the code behind it.</summary>
internal static class HandlerType
{
    public static MethodInfo? Method(EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<ControllerActionDescriptor>()?.MethodInfo ?? metadata.GetMetadata<MethodInfo>();

    /// <summary>The type whose members the handler's attributes name.</summary>
    public static Type? Of(EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<ControllerActionDescriptor>()?.ControllerTypeInfo
        ?? metadata.GetMetadata<CompiledPageActionDescriptor>()?.HandlerTypeInfo
        ?? metadata.GetMetadata<HubMetadata>()?.HubType
        ?? metadata.GetMetadata<ComponentTypeMetadata>()?.Type
        ?? metadata.GetMetadata<MethodInfo>()?.DeclaringType;
}
