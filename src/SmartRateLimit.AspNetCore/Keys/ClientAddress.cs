using System.Net;
using System.Net.Sockets;

namespace SmartRateLimit.AspNetCore.Keys;

/// <summary>
/// Writes an address so that one client has one text, decided on bits: an IPv4 address mapped into IPv6 is the IPv4
/// address, and of IPv6 only the prefix counts, because a client picks the rest of its address as it likes.
/// </summary>
internal static class ClientAddress
{
    /// <summary>Bits of an IPv6 address that a provider usually gives to one customer.</summary>
    public const int DefaultPrefixLength = 64;

    /// <summary>Room for every address: 32 hexadecimal digits and the prefix's length.</summary>
    public const int MaxLength = 40;

    private const int Bytes = 16;

    /// <param name="address">The address; its scope does not matter.</param>
    /// <param name="prefixLength">Bits of an IPv6 address that count, from 1 to 128.</param>
    /// <param name="text">Room for <see cref="MaxLength"/> characters.</param>
    /// <returns>Characters written.</returns>
    public static int Write(IPAddress address, int prefixLength, Span<char> text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return WriteIPv4(bytes[..4], text);
        }

        return address.IsIPv4MappedToIPv6 ? WriteIPv4(bytes[12..], text) : WriteIPv6(bytes, prefixLength, text);
    }

    private static int WriteIPv4(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        var length = 0;
        foreach (var part in bytes)
        {
            if (length > 0)
            {
                text[length++] = '.';
            }

            part.TryFormat(text[length..], out var written);
            length += written;
        }

        return length;
    }

    private static int WriteIPv6(Span<byte> bytes, int prefixLength, Span<char> text)
    {
        var length = 0;
        for (var i = 0; i * 8 < prefixLength; i++)
        {
            var kept = Math.Min(8, prefixLength - (i * 8));
            var part = (byte)(bytes[i] & (0xFF << (8 - kept)));
            part.TryFormat(text[length..], out var written, "x2");
            length += written;
        }

        text[length++] = '/';
        prefixLength.TryFormat(text[length..], out var digits);
        return length + digits;
    }
}
