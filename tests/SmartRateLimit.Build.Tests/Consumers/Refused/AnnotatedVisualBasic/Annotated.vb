Imports SmartRateLimit

Public Class Service
    <RateLimited("5/s", Key:="*")>
    Public Function Run() As Integer
        Return 1
    End Function
End Class
