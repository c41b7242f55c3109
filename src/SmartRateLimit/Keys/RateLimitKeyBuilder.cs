using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using SmartRateLimit.Keys;

namespace SmartRateLimit;

/// <summary>
/// Joins the parts of a key so that different parts can never give the same text. Generated code uses it on a
/// stack buffer; a longer key rents one from the shared pool until <see cref="Dispose"/>.
/// </summary>
/// <remarks>
/// Parts are joined by <c>:</c>. Inside a part <c>:</c> is written <c>%3A</c> and <c>%</c> is written <c>%25</c>; a part
/// that is <see langword="null"/> is written <c>%0</c>. Numbers, dates and enums are formatted invariantly and without
/// loss. A key of one empty part, and a chain whose every alternative is empty, is <c>%anonymous</c>.
/// </remarks>
public ref struct RateLimitKeyBuilder
{
    private const string NullPart = "%0";
    private const string Anonymous = "%anonymous";

    private Span<char> _buffer;
    private char[]? _rented;
    private int _length;
    private int _parts;
    private bool _afterPart;
    private bool _hasValue;
    private bool _isChain;

    /// <summary>Starts an empty key on a caller's buffer.</summary>
    /// <param name="buffer">Where the text is written while it fits; usually a <see langword="stackalloc"/> of 128 characters.</param>
    public RateLimitKeyBuilder(Span<char> buffer) => _buffer = buffer;

    /// <summary>The key so far; <c>%anonymous</c> when its only part, or every alternative, is empty. Valid until <see cref="Dispose"/>.</summary>
    public readonly ReadOnlySpan<char> Text =>
        _hasValue || (_parts > 1 && !_isChain) ? _buffer[.._length] : Anonymous;

    /// <summary>Whether any part so far was neither <see langword="null"/> nor empty.</summary>
    public readonly bool HasValue => _hasValue;

    /// <summary>Appends text of the template itself. It is written as it stands.</summary>
    /// <param name="literal">The literal, the same for every key of the template.</param>
    public void AddLiteral(string literal)
    {
        ArgumentNullException.ThrowIfNull(literal);

        // A hole must end where its reader can see it: at a colon, which no part contains.
        if (_afterPart && !literal.StartsWith(':'))
        {
            Append(':');
        }

        _afterPart = false;
        Append(literal);
    }

    /// <summary>Appends a part.</summary>
    /// <param name="part">The value; <see langword="null"/> and empty are different parts, and neither is a value.</param>
    public void Add(string? part)
    {
        if (part is null)
        {
            BeginPart();
            Append(NullPart);
            return;
        }

        Add(part.AsSpan());
    }

    /// <summary>Appends a part.</summary>
    /// <param name="part">The value's text.</param>
    public void Add(scoped ReadOnlySpan<char> part)
    {
        BeginPart();
        AppendValue(part);
    }

    /// <summary>Appends a part of any formattable type, invariantly and without loss.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="part">The value.</param>
    public void Add<T>(T part)
    {
        if (part is null)
        {
            Add((string?)null);
        }
        else if (!TryAddKnown(part))
        {
            AddUnknown(part);
        }
    }

    private void AddUnknown<T>(T part)
    {
        if (part is ISpanFormattable)
        {
            AddFormattable(part);
        }
        else if (part is IFormattable)
        {
            Add(((IFormattable)part).ToString(null, CultureInfo.InvariantCulture));
        }
        else
        {
            Add(part!.ToString() ?? string.Empty);
        }
    }

    /// <summary>Appends a part that may be missing.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="part">The value, or <see langword="null"/>.</param>
    public void Add<T>(T? part)
        where T : struct
    {
        if (part is { } value)
        {
            Add(value);
        }
        else
        {
            Add((string?)null);
        }
    }

    /// <summary>Appends an enum's name, or its number where it has none.</summary>
    /// <typeparam name="T">The enum's type.</typeparam>
    /// <param name="part">The value.</param>
    public void AddEnum<T>(T part)
        where T : struct, Enum
    {
        BeginPart();
        if (Enum.TryFormat(part, _buffer[_length..], out var written))
        {
            // Names are identifiers, so there is nothing to escape.
            _length += written;
            _hasValue = true;
        }
        else
        {
            AppendValue(part.ToString());
        }
    }

    /// <summary>Appends an enum's name or number, or the mark of a missing value.</summary>
    /// <typeparam name="T">The enum's type.</typeparam>
    /// <param name="part">The value, or <see langword="null"/>.</param>
    public void AddEnum<T>(T? part)
        where T : struct, Enum
    {
        if (part is { } value)
        {
            AddEnum(value);
        }
        else
        {
            Add((string?)null);
        }
    }

    /// <summary>
    /// Starts an alternative of a chain, dropping what earlier alternatives wrote. Call it only while
    /// <see cref="HasValue"/> is false: the first alternative with a value is the key.
    /// </summary>
    /// <param name="index">The alternative's place in the chain, from 0; it becomes part of the key, so that a value of one source is never taken for another's.</param>
    public void BeginAlternative(int index)
    {
        _length = 0;
        _afterPart = false;
        Add(index);
        _hasValue = false;
        _isChain = true;
    }

    /// <summary>Gives back a rented buffer. <see cref="Text"/> must not be used afterwards.</summary>
    public void Dispose()
    {
        if (_rented is { } rented)
        {
            this = default;
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    /// <summary>The key as a string of its own.</summary>
    /// <returns>The text.</returns>
    public override readonly string ToString() => Text.ToString();

    // One comparison is left of this for each type, or none.
    private bool TryAddKnown<T>(T part)
    {
        if (typeof(T) == typeof(int))
        {
            AddPlain((int)(object)part!);
        }
        else if (typeof(T) == typeof(long))
        {
            AddPlain((long)(object)part!);
        }
        else if (typeof(T) == typeof(uint))
        {
            AddPlain((uint)(object)part!);
        }
        else if (typeof(T) == typeof(ulong))
        {
            AddPlain((ulong)(object)part!);
        }
        else if (typeof(T) == typeof(short))
        {
            AddPlain((short)(object)part!);
        }
        else if (typeof(T) == typeof(byte))
        {
            AddPlain((byte)(object)part!);
        }
        else if (typeof(T) == typeof(Guid))
        {
            AddPlain((Guid)(object)part!);
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>Appends a value whose text has nothing to escape, right where it belongs.</summary>
    private void AddPlain<T>(T part)
        where T : struct, ISpanFormattable
    {
        BeginPart();
        if (part.TryFormat(_buffer[_length..], out var written, default, CultureInfo.InvariantCulture))
        {
            _length += written;
            _hasValue = true;
        }
        else
        {
            AppendValue(part.ToString(null, CultureInfo.InvariantCulture));
        }
    }

    [SuppressMessage("Performance", "CA1859:Use concrete types when possible", Justification = "The cast on a type parameter is constrained: no boxing.")]
    private void AddFormattable<T>(T part)
    {
        var format = KeyFormats.Of<T>();
        Span<char> text = stackalloc char[128];
        Add(((ISpanFormattable)part!).TryFormat(text, out var written, format, CultureInfo.InvariantCulture)
            ? text[..written]
            : ((IFormattable)part).ToString(format, CultureInfo.InvariantCulture));
    }

    private void BeginPart()
    {
        if (_afterPart)
        {
            Append(':');
        }

        _afterPart = true;
        _parts++;
    }

    private void AppendValue(scoped ReadOnlySpan<char> text)
    {
        _hasValue |= !text.IsEmpty;
        if (PlainText.Is(text) && text.Length <= _buffer.Length - _length)
        {
            text.CopyTo(_buffer[_length..]);
            _length += text.Length;
        }
        else
        {
            AppendEscaped(text);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendEscaped(scoped ReadOnlySpan<char> text)
    {
        for (var special = text.IndexOfAny(':', '%'); special >= 0; special = text.IndexOfAny(':', '%'))
        {
            Append(text[..special]);
            Append(text[special] == ':' ? "%3A" : "%25");
            text = text[(special + 1)..];
        }

        Append(text);
    }

    private void Append(char c)
    {
        EnsureRoom(1);
        _buffer[_length++] = c;
    }

    private void Append(scoped ReadOnlySpan<char> text)
    {
        EnsureRoom(text.Length);
        text.CopyTo(_buffer[_length..]);
        _length += text.Length;
    }

    private void EnsureRoom(int more)
    {
        if (_length > _buffer.Length - more)
        {
            Grow(more);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(checked(_length + more), _buffer.Length * 2));
        _buffer[.._length].CopyTo(larger);
        if (_rented is { } rented)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        _buffer = _rented = larger;
    }
}
